package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/** Predictions on disk, one JSON object a line: {@code example, pair, gold, label, scores}. */
final class PredictionFile {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private static final List<String> KEYS = List.of("example", "pair", "gold", "label", "scores");

    private PredictionFile() {}

    static void write(Path file, Predictions predictions) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Prediction p : predictions.items()) text.append(GSON.toJson(p)).append('\n');
        Folders.write(file, text.toString());
    }

    /** @throws IOException if a line is damaged; the message names file and line */
    static List<Prediction> read(Path file) throws IOException {
        List<Prediction> items = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) items.add(prediction(line, file + " line " + (items.size() + 1)));
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is damaged: it is not UTF-8", e);
        }
        return items;
    }

    private static Prediction prediction(String line, String at) throws IOException {
        try {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            for (String key : KEYS) {
                JsonElement value = json.get(key);
                boolean gap = value instanceof JsonArray list && list.asList().stream().anyMatch(JsonElement::isJsonNull);
                if (value == null || value.isJsonNull() || gap) throw new IOException(at + ": the answer has no '" + key + "', or not all of it");
            }
            return GSON.fromJson(json, Prediction.class);
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new IOException(at + ": an answer was expected, an object with " + String.join(", ", KEYS) + ", but it is cut off or no such object", e);
        }
    }
}
