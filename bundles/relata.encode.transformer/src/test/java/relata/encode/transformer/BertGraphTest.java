package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.learn.Encoder;
import relata.api.learn.GraphEngine;
import relata.api.learn.GraphInputs;
import relata.api.view.View;
import relata.engine.onnx.service.OnnxRuntime;
import relata.text.InputFormat;

/** What is written as ONNX gives the relation vectors of the engine, for every way of making them and every input format. */
final class BertGraphTest {
    private static final OnnxRuntime ONNX = OnnxRuntime.with(Path.of("target", "cache"));
    private static final double NEAR = 1e-4;

    @TempDir
    static Path folder;

    /** Texts of different lengths; one with several pairs, an entity of several mentions, and one that is head and tail. */
    private static final List<View> VIEWS = List.of(
            Models.view("the axe is ox", Entity.of("a", "PROTEIN", 1, 2), Entity.of("b", "GENE", 3, 4)),
            Models.view("ab is c of de the ab", List.of(new Pair(0, 2, List.of()), new Pair(2, 1, List.of())),
                    new Entity("a", "CHEMICAL", List.of(Mention.of(0, 1), Mention.of(6, 7))), Entity.of("b", "GENE", 2, 3), Entity.of("c", "GENE", 4, 5)),
            Models.view("protein works for the of is protein works for the of is works for the of is protein works for", Entity.of("a", "GENE", 0, 1), Entity.of("b", "GENE", 16, 18)),
            Models.view("x y", Entity.of("a", "GENE", 1, 2), Entity.of("b", "GENE", 0, 1)));

    @BeforeAll
    static void write() throws IOException {
        TinyBert.write(folder.resolve("tiny"));
    }

    static Stream<Arguments> poolsAndFormats() {
        return Stream.of(Pool.values()).flatMap(pool -> Stream.of(InputFormat.values()).map(format -> Arguments.of(pool, format)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @ParameterizedTest
    @MethodSource("poolsAndFormats")
    void givesTheVectorsOfTheEngine(Pool pool, InputFormat format) throws Exception {
        List<float[]> ours = new ArrayList<>(), theirs = new ArrayList<>();
        compare(Map.of("pool", word(pool), "format", word(format), "maxLength", 24), false, ours, theirs);
        assertEquals(5, theirs.size());
        for (int r = 0; r < ours.size(); r++) assertTrue(Models.distance(ours.get(r), theirs.get(r)) < NEAR, "row " + r + " differs by " + Models.distance(ours.get(r), theirs.get(r)));
    }

    @Test
    void eightBitsGiveNearlyTheSame() throws Exception {
        List<float[]> ours = new ArrayList<>(), theirs = new ArrayList<>();
        compare(Map.of(), true, ours, theirs);
        double most = 0;
        for (int r = 0; r < ours.size(); r++) {
            double dot = 0, a = 0, b = 0;
            for (int d = 0; d < ours.get(r).length; d++) {
                dot += ours.get(r)[d] * theirs.get(r)[d];
                a += ours.get(r)[d] * ours.get(r)[d];
                b += theirs.get(r)[d] * theirs.get(r)[d];
            }
            assertTrue(dot / Math.sqrt(a * b) > 0.99, "row " + r + " has cosine " + dot / Math.sqrt(a * b));
            most = Math.max(most, Models.distance(ours.get(r), theirs.get(r)));
        }
        assertTrue(most > NEAR, "in 8 bits something must be lost, else nothing was kept in 8 bits");
    }

    @Test
    void inputsAreMadeWithoutWeights() throws Exception {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.copy(folder.resolve("tiny/vocab.txt"), bare.resolve("vocab.txt"));
        try (GraphInputs inputs = Models.loader(bare, Map.of()).inputs(bare).orElseThrow(); NDManager owner = Models.ENGINE.newManager()) {
            Encoder encoder = Models.load(folder.resolve("tiny"), owner, Map.of());
            for (View view : VIEWS) assertEquals(encoder.length(view), inputs.length(view));
            long[] ids = inputs.of(VIEWS).get(BertGraph.IDS).values();
            assertEquals(Arrays.toString(encoder.collate(VIEWS).field("ids").values()), Arrays.toString(ids));
        }
    }

    private static void compare(Map<String, ?> settings, boolean int8, List<float[]> ours, List<float[]> theirs) throws Exception {
        Path checkpoint = folder.resolve("tiny"), file = Files.createTempDirectory(folder, "graph").resolve("model.onnx");
        Models.ENGINE.call(() -> {
            try (NDManager owner = Models.ENGINE.newManager()) {
                Encoder encoder = Models.load(checkpoint, owner, settings);
                ONNX.write(file, int8, Map.of("said", "so"), graph -> graph.output("vectors", "relation vectors", encoder.draw(graph).orElseThrow(), "R", "D"));
                ours.addAll(List.of(Models.relations(encoder, VIEWS.toArray(View[]::new))));
                return null;
            }
        });
        try (GraphInputs inputs = Models.loader(checkpoint, settings).inputs(checkpoint).orElseThrow(); GraphEngine.Runner runner = ONNX.open(file)) {
            assertEquals("so", runner.properties().get("said"));
            theirs.addAll(List.of(runner.run(inputs.of(VIEWS), "vectors")));
        }
    }
}
