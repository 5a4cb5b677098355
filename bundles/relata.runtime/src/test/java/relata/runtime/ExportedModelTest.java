package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.GraphEngine;
import relata.api.learn.GraphInputs;
import relata.api.learn.InferenceGraph;
import relata.api.run.Recipes;
import relata.api.view.View;
import relata.testkit.TestParts;

class ExportedModelTest {
    private static final ModelCard CARD = new ModelCard("drawn", "pull", null, List.of("short", "long"), null, "tiny", "finetune", "run-1", 7);
    private static final TestParts PARTS = TestParts.of(new Drawn());

    @TempDir
    private Path model;

    private final Graphs graphs = new Graphs();
    private Path exported = Path.of("");
    private int inputsOpen;

    /** Answers with the length of the text, which it is given. */
    private static final class Graphs implements GraphEngine {
        private Map<String, String> properties = Map.of();
        private int open;

        @Override
        public String describe() {
            return "plain Java";
        }

        @Override
        public void write(Path file, boolean int8, Map<String, String> said, Consumer<InferenceGraph> drawing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Runner open(Path file) {
            open++;
            return new Runner() {
                @Override
                public Map<String, String> properties() {
                    return properties;
                }

                @Override
                public float[][] run(Map<String, Collated.Field> inputs, String output) {
                    long[] lengths = Objects.requireNonNull(inputs.get("lengths")).values();
                    float[][] rows = new float[lengths.length][];
                    for (int r = 0; r < rows.length; r++) rows[r] = new float[] {1f / lengths[r], 1 - 1f / lengths[r]};
                    return rows;
                }

                @Override
                public void close() {
                    open--;
                    if (properties.containsKey("breaks")) throw new IllegalStateException("cannot be closed");
                }
            };
        }
    }

    @ComponentName("drawn")
    @Doc("An encoder that can be exported")
    @Source("")
    static final class Drawn implements ComponentProvider<EncoderLoader, TinyParts.None> {
        @Override
        public Class<TinyParts.None> configType() {
            return TinyParts.None.class;
        }

        @Override
        public EncoderLoader create(TinyParts.None config, Parts parts) {
            return new EncoderLoader() {
                @Override
                public Encoder load(Engine engine, NDManager manager, Optional<Path> from) {
                    throw new AssertionError("no weights are needed");
                }

                @Override
                public Optional<GraphInputs> inputs(Path folder) {
                    return Optional.of(new Lengths());
                }
            };
        }
    }

    /** One number for each pair: how long its text is. */
    private static final class Lengths implements GraphInputs {
        private static int open;

        Lengths() {
            open++;
        }

        @Override
        public int length(View view) {
            return view.passage().tokens().size();
        }

        @Override
        public Map<String, Collated.Field> of(List<View> views) {
            long[] lengths = views.stream().flatMap(v -> v.pairs().stream().map(p -> length(v))).mapToLong(Integer::longValue).toArray();
            return Map.of("lengths", new Collated.Field(lengths, lengths.length));
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static Recipes recipes() {
        return TinyParts.recipes((kind, name) -> PARTS.ref(EncoderLoader.class, name));
    }

    @BeforeEach
    void begin() throws IOException {
        exported = Files.createDirectory(model.resolve(ExportedModel.FOLDER));
        for (Path folder : List.of(model, exported)) CARD.write(folder);
        Files.writeString(model.resolve("model.safetensors"), "weights");
        Files.writeString(exported.resolve(ExportedModel.FILE), "graph");
        graphs.properties = new ModelDescription(CARD, true, Fingerprint.of(model)).properties();
        inputsOpen = Lengths.open;
    }

    private ExportedModel open() throws Exception {
        return ExportedModel.open(graphs, recipes(), PARTS, exported, model);
    }

    private static Example example(int length, int pairs) {
        Passage p = new Passage("p" + length, Collections.nCopies(length, "a"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2)), List.of());
        return new Example("e" + length, p, List.of(new Pair(0, 1, List.of()), new Pair(1, 0, List.of())).subList(0, pairs));
    }

    @Test
    void rowsComeInTheOrderOfTheExamples() throws Exception {
        try (ExportedModel opened = open()) {
            assertEquals("plain Java, 8 bits", opened.engine());
            List<Example> examples = IntStream.range(0, 100).mapToObj(i -> example(2 + i * 37 % 100, 1 + i % 2)).toList();
            float[][] rows = opened.encode(examples).rows();
            int row = 0;
            for (Example e : examples) for (int pair = 0; pair < e.pairs().size(); pair++) assertEquals(1f / e.passage().tokens().size(), rows[row++][0]);
            assertEquals(row, rows.length);
            assertEquals(List.of("long", "short"), opened.predict(List.of(example(9, 1), example(2, 1))).items().stream().map(p -> p.scores().get(0) >= 0.5 ? "short" : "long").toList());
        }
        assertEquals(0, graphs.open);
        assertEquals(inputsOpen, Lengths.open);
    }

    private void refused(String why) {
        IOException e = assertThrows(IOException.class, this::open);
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertEquals(0, graphs.open);
        assertEquals(inputsOpen, Lengths.open);
    }

    @Test
    void otherWeightsAreNotAnsweredFor() throws Exception {
        Files.writeString(model.resolve("model.safetensors"), "weighty");
        refused("was exported from other weights");
        Files.delete(model.resolve("model.safetensors"));
        open().close();
    }

    @Test
    void aFileOfAnotherModelIsRefused() throws Exception {
        for (String key : List.of("labels", "relata.run", "relata.seed")) {
            Map<String, String> other = new LinkedHashMap<>(graphs.properties);
            String before = String.valueOf(other.put(key, "[\"other\"]"));
            graphs.properties = other;
            refused("its '" + key + "' is [\"other\"], not " + before);
            other.put(key, before);
        }
        new ModelCard("drawn", "pull", null, List.of("short", "long"), null, "tiny", "finetune", "run-2", 7).write(model);
        refused("was exported from another model than the one in " + model);
    }

    @Test
    void allIsClosedThoughTheFirstFails() throws Exception {
        Map<String, String> breaking = new LinkedHashMap<>(graphs.properties);
        breaking.put("breaks", "yes");
        graphs.properties = breaking;
        ExportedModel opened = open();
        assertThrows(IllegalStateException.class, opened::close);
        assertEquals(inputsOpen, Lengths.open);
    }
}
