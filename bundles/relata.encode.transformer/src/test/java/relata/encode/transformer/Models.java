package relata.encode.transformer;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Step;
import relata.api.view.View;
import relata.testkit.Settings;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

/** Model folders for tests, and short ways to encode with them. */
final class Models {
    static final Engine ENGINE = TestEngine.engine();

    private Models() {}

    /** Unpacks a model that the class path holds as a resource. @param bundle whose {@code config.json} belongs to it */
    static Path unpack(Path folder, String resource, String bundle) throws IOException {
        Files.createDirectories(folder);
        copy(resource + ".onnx", folder.resolve("model.onnx"));
        copy(resource + "-tokenizer.json", folder.resolve("tokenizer.json"));
        Files.copy(Path.of("..", bundle, "src", "main", "resources", "config.json"), folder.resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    static Path miniLm(Path folder) throws IOException {
        return unpack(folder, "all-minilm-l6-v2", "relata.model.minilm");
    }

    static Path bge(Path folder) throws IOException {
        return unpack(folder, "bge-small-en-v1.5", "relata.model.bge");
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = Models.class.getResourceAsStream("/" + resource)) {
            if (in == null) throw new IOException("the class path has no " + resource);
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static EncoderLoader loader(Path checkpoint, Map<String, ?> settings) {
        Map<String, Object> with = new HashMap<>(settings);
        with.put("checkpoint", checkpoint.toString());
        Transformer provider = new Transformer();
        return provider.create(Settings.of(Transformer.Config.class, with), TestParts.of());
    }

    static Encoder load(Path checkpoint, NDManager manager, Map<String, ?> settings) throws IOException {
        return loader(checkpoint, settings).load(ENGINE, manager, Optional.empty());
    }

    /** A view with one pair: entity 0, entity 1. */
    static View view(String text, Entity... entities) {
        return view(text, List.of(new Pair(0, 1, List.of())), entities);
    }

    static View view(String text, List<Pair> pairs, Entity... entities) {
        Passage passage = new Passage(text, List.of(text.split(" ")), List.of(), List.of(entities), List.of());
        return View.of(new Example(text, passage, pairs));
    }

    /** The first and the last word are the entities. */
    static View sentence(String text) {
        int n = text.split(" ").length;
        return view(text, Entity.of("a", "", 0, 1), Entity.of("b", "", n - 1, n));
    }

    /** Relation vectors, without training. */
    static float[][] relations(Encoder encoder, View... views) throws Exception {
        return ENGINE.call(() -> {
            try (NDManager manager = ENGINE.newManager()) {
                Encoding encoding = encoder.encode(encoder.collate(List.of(views)), new Step(ENGINE, manager, false));
                return rows(encoding.relations().toFloatArray(), encoder.dimension());
            }
        });
    }

    static float[][] rows(float[] flat, int width) {
        float[][] rows = new float[flat.length / width][];
        for (int i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        return rows;
    }

    static double distance(float[] a, float[] b) {
        double max = 0;
        for (int i = 0; i < a.length; i++) max = Math.max(max, Math.abs(a[i] - b[i]));
        return a.length == b.length ? max : Double.POSITIVE_INFINITY;
    }
}
