package relata.encode.transformer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code config.json} of a BERT model says.
 *
 * @param json all of it, to be written again
 * @param vocabulary rows of the word embeddings
 * @param hidden H
 * @param positions largest number of sub-words
 * @param dropout of embeddings and layers
 * @param attentionDropout of attention weights
 */
record BertConfig(
        JsonObject json, int vocabulary, int hidden, int layers, int heads, int intermediate, int positions, int types, float epsilon, float dropout, float attentionDropout) {
    /** @throws IOException if it is missing, is no JSON, or describes another kind of model */
    static BertConfig read(Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) throw new IOException(folder + " is no model folder: it has no config.json");
        try {
            return of(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is cut off or no JSON object", e);
        }
    }

    private static BertConfig of(Path file, JsonObject json) throws IOException {
        // the first BERT models did not name their type
        expect(file, json, "model_type", "bert");
        expect(file, json, "hidden_act", "gelu");
        expect(file, json, "position_embedding_type", "absolute");
        BertConfig config = new BertConfig(json, size(file, json, "vocab_size"), size(file, json, "hidden_size"), size(file, json, "num_hidden_layers"),
                size(file, json, "num_attention_heads"), size(file, json, "intermediate_size"), size(file, json, "max_position_embeddings"),
                json.has("type_vocab_size") ? size(file, json, "type_vocab_size") : 2, (float) number(file, json, "layer_norm_eps", 1e-12),
                (float) number(file, json, "hidden_dropout_prob", 0.1), (float) number(file, json, "attention_probs_dropout_prob", 0.1));
        if (config.hidden % config.heads != 0)
            throw new IOException(file + ": hidden_size " + config.hidden + " is no multiple of num_attention_heads " + config.heads);
        return config;
    }

    private static void expect(Path file, JsonObject json, String key, String value) throws IOException {
        JsonElement found = json.get(key);
        if (found != null && !found.isJsonNull() && !found.getAsString().equals(value))
            throw new IOException(file + ": " + key + " is '" + found.getAsString() + "', but the transformer encoder reads models whose " + key + " is '" + value + "'");
    }

    private static int size(Path file, JsonObject json, String key) throws IOException {
        double value = number(file, json, key, Double.NaN);
        if (value != Math.rint(value) || value < 1 || value > Integer.MAX_VALUE)
            throw new IOException(file + ": " + key + " is " + json.get(key) + ", but must be a whole number from 1");
        return (int) value;
    }

    private static double number(Path file, JsonObject json, String key, double missing) throws IOException {
        JsonElement found = json.get(key);
        try {
            return found == null || found.isJsonNull() ? missing : found.getAsDouble();
        } catch (NumberFormatException | UnsupportedOperationException e) {
            throw new IOException(file + ": " + key + " is " + found + ", but must be a number", e);
        }
    }
}
