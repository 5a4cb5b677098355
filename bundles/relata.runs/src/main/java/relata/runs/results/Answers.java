package relata.runs.results;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * The answers that an evaluation left: {@code predictions.jsonl}, and the labels of {@code evaluation.json}.
 *
 * @param predictions sorted by example and pair, so that those of different runs stand side by side
 * @param questions SHA-256 of what was asked: ids, pairs and right answers
 */
record Answers(Predictions predictions, String questions) {
    private static final Gson GSON = new Gson();
    private static final List<String> KEYS = List.of("example", "pair", "gold", "label", "scores");
    private static final int SHOWN = 40;

    private Answers(Predictions predictions) {
        this(predictions, hash(predictions.items()));
    }

    /** Of a stage; empty if it left none. @param stage its folder */
    static Optional<Answers> read(Path stage) throws IOException {
        return predictions(stage).map(p -> new Answers(sorted(p.labels(), p.negative(), new ArrayList<>(p.items()))));
    }

    /** The answers of a stage in the order of its split; empty if it left none. @param stage its folder */
    static Optional<Predictions> predictions(Path stage) throws IOException {
        Path file = stage.resolve("predictions.jsonl"), evaluation = stage.resolve("evaluation.json");
        if (!Files.isRegularFile(file) || !Files.isRegularFile(evaluation)) return Optional.empty();
        String at = evaluation.toString();
        try {
            JsonObject json = JsonParser.parseString(Files.readString(evaluation)).getAsJsonObject();
            if (!json.has("labels")) return Optional.empty();
            List<String> labels = json.getAsJsonArray("labels").asList().stream().map(l -> l.getAsString()).toList();
            Optional<String> negative = json.has("negative") ? Optional.of(json.get("negative").getAsString()) : Optional.empty();
            List<Prediction> items = new ArrayList<>();
            try (BufferedReader in = Files.newBufferedReader(file)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    at = file + " line " + (items.size() + 1);
                    items.add(prediction(line));
                }
            }
            return items.isEmpty() ? Optional.empty() : Optional.of(new Predictions(labels, negative, items));
        } catch (JsonParseException | IllegalStateException | ClassCastException | UnsupportedOperationException e) {
            throw new IOException(at + (at.equals(evaluation.toString()) ? " is damaged: " : ": ") + e.getMessage(), e);
        }
    }

    private static Prediction prediction(String line) {
        JsonElement json = JsonParser.parseString(line);
        if (!(json instanceof JsonObject answer)) throw new JsonParseException("an answer was expected, an object with " + String.join(", ", KEYS) + ", but found '" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line) + "'");
        for (String key : KEYS) {
            JsonElement value = answer.get(key);
            if (value == null || value.isJsonNull() || value instanceof JsonArray list && list.asList().stream().anyMatch(JsonElement::isJsonNull)) throw new JsonParseException("the answer has no '" + key + "', or not all of it");
        }
        Prediction read = GSON.fromJson(answer, Prediction.class);
        // a label is the same string in all answers: a bootstrap compares them many million times
        return new Prediction(read.example(), read.pair(), read.gold().stream().map(String::intern).toList(), read.label().intern(), read.scores());
    }

    /** The answers of all folds as those of one test. @param folds at least one */
    static Answers pooled(List<Answers> folds) {
        List<Prediction> items = new ArrayList<>();
        folds.forEach(f -> items.addAll(f.predictions().items()));
        Predictions first = folds.get(0).predictions();
        return new Answers(sorted(first.labels(), first.negative(), items));
    }

    private static Predictions sorted(List<String> labels, Optional<String> negative, List<Prediction> items) {
        items.sort(Comparator.comparing(Prediction::example).thenComparing(Prediction::pair));
        return new Predictions(labels, negative, items);
    }

    private static String hash(List<Prediction> items) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Prediction p : items) digest.update((p.example() + "\t" + p.pair() + "\t" + p.gold() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
