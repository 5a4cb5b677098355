package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.weights.Weight;

/** Model folders that do not fit together are refused, with the file and what is wrong with it. */
final class WrongFoldersTest {
    @TempDir
    Path folder;

    private Path tiny = Path.of("");

    @BeforeEach
    void write() throws IOException {
        tiny = TinyBert.write(folder.resolve("tiny"));
    }

    private void refused(Map<String, ?> settings, String... parts) throws Exception {
        IOException e = Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                return assertThrows(IOException.class, () -> Models.load(tiny, manager, settings));
            }
        });
        for (String part : parts) assertTrue(e.getMessage().contains(part), () -> "'" + part + "' in: " + e.getMessage());
    }

    private void without(Function<List<Weight>, List<Weight>> change) throws IOException {
        TinyBert.weights(tiny, change.apply(new ArrayList<>(TinyBert.weights())));
    }

    @Test
    void wrongWeightsAreNamed() throws Exception {
        without(all -> all.stream().filter(w -> !w.name().equals("encoder.layer.1.attention.self.key.weight")).toList());
        refused(Map.of(), "encoder.layer.1.attention.self.key.weight", "no weight is called");
        without(all -> all.stream().map(w -> w.name().equals("encoder.layer.0.output.dense.weight") ? Weight.of(w.name(), List.of(32L, 16L), w.toArray()) : w).toList());
        refused(Map.of(), "encoder.layer.0.output.dense.weight", "[32, 16]", "[16, 32]");
        byte[] whole = Files.readAllBytes(tiny.resolve("model.safetensors"));
        Files.write(tiny.resolve("model.safetensors"), Arrays.copyOf(whole, whole.length / 2));
        refused(Map.of(), "model.safetensors");
        Files.delete(tiny.resolve("model.safetensors"));
        refused(Map.of(), tiny.toString(), "model.safetensors", "pytorch_model.bin");
    }

    @Test
    void wrongConfigurationsAreNamed() throws Exception {
        config("\"bert\"", "\"gpt2\"");
        refused(Map.of(), "config.json", "model_type is 'gpt2'", "'bert'");
        config("\"gelu\"", "\"relu\"");
        refused(Map.of(), "hidden_act is 'relu'", "'gelu'");
        config("\"hidden_size\": 16", "\"hidden_size\": 18");
        refused(Map.of(), "hidden_size 18", "num_attention_heads 4");
        config("\"hidden_size\": 16", "\"hidden_size\": \"wide\"");
        refused(Map.of(), "hidden_size is \"wide\"");
        config("\"hidden_size\": 16,", "");
        refused(Map.of(), "hidden_size", "whole number");
        config("\"vocab_size\": " + TinyBert.WORDS.size(), "\"vocab_size\": 10");
        refused(Map.of(), "vocab.txt", TinyBert.WORDS.size() + " tokens", "10", "vocab_size");
        config("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
        refused(Map.of(), "encoder.layer.2.");
        config("", "");
        refused(Map.of("maxLength", 161), "maxLength is 161", "160 positions");
        Files.writeString(tiny.resolve("config.json"), "{\"model_type\": \"bert\", ");
        refused(Map.of(), "config.json is cut off");
        Files.delete(tiny.resolve("config.json"));
        refused(Map.of(), "it has no config.json");
    }

    private void config(String from, String to) throws IOException {
        Files.writeString(tiny.resolve("config.json"), TinyBert.config().replace(from, to));
    }
}
