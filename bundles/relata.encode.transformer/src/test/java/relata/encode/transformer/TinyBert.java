package relata.encode.transformer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import relata.weights.Safetensors;
import relata.weights.Weight;
import relata.weights.Weights;

/** A BERT of 2 layers, H = 16, with random weights, that spells most words letter by letter. */
final class TinyBert {
    static final int H = 16;
    static final int LAYERS = 2;
    static final int POSITIONS = 160;
    static final List<String> WORDS = words();

    private TinyBert() {}

    private static List<String> words() {
        List<String> words = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "of", "is", "works", "for", "protein", "##ing"));
        for (char c = '!'; c <= '~'; c++)
            if (!Character.isUpperCase(c)) {
                words.add(String.valueOf(c));
                if (Character.isLetterOrDigit(c)) words.add("##" + c);
            }
        return List.copyOf(words);
    }

    /** A folder with {@code config.json}, {@code vocab.txt} and {@code model.safetensors}. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config());
        Files.write(folder.resolve("vocab.txt"), WORDS);
        weights(folder, weights());
        return folder;
    }

    static void weights(Path folder, List<Weight> weights) throws IOException {
        Safetensors.write(folder.resolve("model.safetensors"), new Weights("tiny", weights), Map.of());
    }

    static String config() {
        return """
                {"model_type": "bert", "hidden_act": "gelu", "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": 4, "intermediate_size": 32,
                 "max_position_embeddings": %d, "type_vocab_size": 2, "vocab_size": %d, "layer_norm_eps": 1e-12,
                 "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "pad_token_id": 0, "some_other_key": [1, 2]}""".formatted(H, LAYERS, POSITIONS, WORDS.size());
    }

    /** All weights under Hugging Face names, pooler included. */
    static List<Weight> weights() {
        Random random = new Random(42);
        List<Weight> all = new ArrayList<>();
        add(all, random, "embeddings.word_embeddings.weight", WORDS.size(), H);
        add(all, random, "embeddings.position_embeddings.weight", POSITIONS, H);
        add(all, random, "embeddings.token_type_embeddings.weight", 2, H);
        dense(all, random, "embeddings.LayerNorm", H);
        for (int i = 0; i < LAYERS; i++) {
            String layer = "encoder.layer." + i + ".";
            for (String part : List.of("query", "key", "value")) dense(all, random, layer + "attention.self." + part, H, H);
            dense(all, random, layer + "attention.output.dense", H, H);
            dense(all, random, layer + "attention.output.LayerNorm", H);
            dense(all, random, layer + "intermediate.dense", 32, H);
            dense(all, random, layer + "output.dense", H, 32);
            dense(all, random, layer + "output.LayerNorm", H);
        }
        dense(all, random, "pooler.dense", H, H);
        return all;
    }

    private static void dense(List<Weight> all, Random random, String name, long... shape) {
        add(all, random, name + ".weight", shape);
        add(all, random, name + ".bias", shape[0]);
    }

    private static void add(List<Weight> all, Random random, String name, long... shape) {
        long size = 1;
        List<Long> dimensions = new ArrayList<>();
        for (long d : shape) {
            size *= d;
            dimensions.add(d);
        }
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) values[i] = (float) (random.nextGaussian() * 0.2 + (name.endsWith("LayerNorm.weight") ? 1 : 0));
        all.add(Weight.of(name, dimensions, values));
    }
}
