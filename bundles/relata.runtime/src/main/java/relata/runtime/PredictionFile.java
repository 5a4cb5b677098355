package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/** Predictions on disk, one JSON object a line: {@code example, pair, gold, label, scores}. */
final class PredictionFile {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private PredictionFile() {}

    static void write(Path file, Predictions predictions) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Prediction p : predictions.items()) text.append(GSON.toJson(p)).append('\n');
        Folders.write(file, text.toString());
    }

    static List<Prediction> read(Path file) throws IOException {
        List<Prediction> items = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) items.add(GSON.fromJson(line, Prediction.class));
        }
        return items;
    }
}
