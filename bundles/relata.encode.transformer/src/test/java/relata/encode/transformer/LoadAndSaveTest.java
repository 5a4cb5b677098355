package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Entity;
import relata.api.learn.Encoder;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.run.Checkpoints;
import relata.api.view.View;
import relata.testkit.Settings;
import relata.testkit.TestParts;
import relata.weights.Safetensors;
import relata.weights.Weight;
import relata.weights.Weights;

final class LoadAndSaveTest {
    private static final View[] VIEWS = {Models.sentence("ab is the of cd"), Models.sentence("the protein works for me"),
        Models.view("one two three four", Entity.of("a", "X", 0, 2), Entity.of("b", "Y", 1, 4))};

    @TempDir
    Path folder;

    private Path tiny = Path.of("");

    @BeforeEach
    void write() throws IOException {
        tiny = TinyBert.write(folder.resolve("tiny"));
    }

    private static float[][] vectors(Path checkpoint, Map<String, ?> settings) throws Exception {
        return Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                return Models.relations(Models.load(checkpoint, manager, settings), VIEWS);
            }
        });
    }

    private void save(Path checkpoint, Map<String, ?> settings, Path to) throws Exception {
        Files.createDirectories(to);
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                Models.load(checkpoint, manager, settings).save(to, new Parameters().add("head.weight", manager.ones(new Shape(2, 3))));
            }
            return to;
        });
    }

    @Test
    void aSavedFolderIsAHuggingFaceModel() throws Exception {
        Path saved = folder.resolve("saved");
        save(tiny, Map.of(), saved);
        Set<String> files = new TreeSet<>();
        try (var list = Files.list(saved)) {
            list.forEach(f -> files.add(f.getFileName().toString()));
        }
        assertEquals(Set.of("config.json", "model.safetensors", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt"), files);
        JsonObject config = JsonParser.parseString(Files.readString(saved.resolve("config.json"))).getAsJsonObject();
        assertEquals(TinyBert.WORDS.size() + 7, config.get("vocab_size").getAsInt(), "six markers and a blank");
        assertEquals("[1,2]", config.get("some_other_key").toString(), "other keys stay");
        Weights weights = Safetensors.read(saved.resolve("model.safetensors"));
        for (Weight original : TinyBert.weights())
            if (!original.name().startsWith("embeddings.word")) assertEquals(original, weights.get(original.name()), "weights come out as they went in, the unused pooler too");
        Weight words = weights.get("embeddings.word_embeddings.weight", TinyBert.WORDS.size() + 7, TinyBert.H);
        float[] old = TinyBert.weights().get(0).toArray();
        assertArrayEquals(old, Arrays.copyOf(words.toArray(), old.length), "rows of known words");
        assertEquals(TinyBert.weights().size() + 1, weights.size());
        assertEquals(TinyBert.WORDS, Files.readAllLines(saved.resolve("vocab.txt")));
        JsonObject special = JsonParser.parseString(Files.readString(saved.resolve("special_tokens_map.json"))).getAsJsonObject();
        assertEquals("[\"[E1]\",\"[/E1]\",\"[E2]\",\"[/E2]\",\"[E]\",\"[/E]\",\"[BLANK]\"]", special.get("additional_special_tokens").toString());
        assertEquals("[CLS]", special.get("cls_token").getAsString());
    }

    @Test
    void savingAndLoadingKeepsEveryBit() throws Exception {
        for (String pool : List.of("mention-starts", "pooler")) {
            Path saved = folder.resolve(pool), again = folder.resolve(pool + "-again");
            save(tiny, Map.of("pool", pool), saved);
            assertArrayEquals(vectors(tiny, Map.of("pool", pool)), vectors(saved, Map.of("pool", pool)));
            save(saved, Map.of("pool", pool), again);
            for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"))
                assertEquals(-1, Files.mismatch(saved.resolve(file), again.resolve(file)), file + " after saving what was saved");
        }
    }

    @Test
    void ownMarkersAndSymbolsAreSavedAndLoadedAgain() throws Exception {
        Map<String, ?> settings = Map.of("format", "only-context", "markers", List.of("[H]", "[/H]", "[T]", "[/T]"), "symbols", List.of("the", "[OBJ]"));
        Path saved = folder.resolve("saved");
        save(tiny, settings, saved);
        JsonObject special = JsonParser.parseString(Files.readString(saved.resolve("special_tokens_map.json"))).getAsJsonObject();
        assertEquals("[\"[H]\",\"[/H]\",\"[T]\",\"[/T]\",\"[E]\",\"[/E]\",\"the\",\"[OBJ]\"]", special.get("additional_special_tokens").toString());
        assertEquals(TinyBert.WORDS.size() + 7, BertConfig.read(saved).vocabulary(), "the vocabulary has 'the'");
        assertArrayEquals(vectors(tiny, settings), vectors(saved, settings));
    }

    @Test
    void markersGetRowsThatDependOnTheirTextAlone() throws Exception {
        float[][] once = rows(), twice = rows();
        assertArrayEquals(once, twice);
        for (int i = 0; i < 6; i++) {
            double sum = 0, squares = 0;
            for (float x : once[i]) {
                sum += x;
                squares += x * x;
            }
            assertTrue(Math.sqrt(squares / TinyBert.H) > 0.01 && Math.sqrt(squares / TinyBert.H) < 0.035, "deviation near 0.02");
            assertTrue(Math.abs(sum / TinyBert.H) < 0.02, "mean near 0");
            for (int j = 0; j < i; j++) assertFalse(Arrays.equals(once[i], once[j]), "rows " + j + " and " + i);
        }
    }

    private float[][] rows() throws Exception {
        return Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                float[][] rows = Models.rows(Models.load(tiny, manager, Map.of()).parameters().get("embeddings.word_embeddings.weight").toFloatArray(), TinyBert.H);
                return Arrays.copyOfRange(rows, TinyBert.WORDS.size(), TinyBert.WORDS.size() + 6);
            }
        });
    }

    @Test
    void rowsBeyondTheTokenizerAreUsedForMarkers() throws Exception {
        // embeddings are often padded to a round number of rows
        List<Weight> weights = new ArrayList<>(TinyBert.weights());
        int v = TinyBert.WORDS.size(), padded = v + 4;
        weights.set(0, Weight.of(weights.get(0).name(), List.of((long) padded, (long) TinyBert.H), Arrays.copyOf(weights.get(0).toArray(), padded * TinyBert.H)));
        TinyBert.weights(tiny, weights);
        Files.writeString(tiny.resolve("config.json"), TinyBert.config().replace("\"vocab_size\": " + v, "\"vocab_size\": " + padded));
        float[][] rows = rows();
        assertTrue(rows[0][0] != 0 && rows[5][0] != 0);
        Path saved = folder.resolve("saved");
        save(tiny, Map.of(), saved);
        assertArrayEquals(vectors(tiny, Map.of()), vectors(saved, Map.of()));
        assertEquals(List.of(padded + 3L, (long) TinyBert.H), Safetensors.read(saved.resolve("model.safetensors")).get("embeddings.word_embeddings.weight").shape());
    }

    @Test
    void oldNamesAndPrefixesAreRead() throws Exception {
        float[][] expected = vectors(tiny, Map.of("pool", "pooler"));
        List<Weight> old = new ArrayList<>();
        for (Weight w : TinyBert.weights())
            old.add(w.named("bert." + w.name().replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")));
        old.add(Weight.of("cls.predictions.bias", List.of(3L), 1, 2, 3));
        TinyBert.weights(tiny, old);
        assertArrayEquals(expected, vectors(tiny, Map.of("pool", "pooler")));
    }

    @Test
    void pyTorchCheckpointsAreRead() throws Exception {
        float[][] expected = vectors(tiny, Map.of());
        Files.delete(tiny.resolve("model.safetensors"));
        PyTorchFile.write(tiny.resolve("pytorch_model.bin"), TinyBert.weights());
        assertArrayEquals(expected, vectors(tiny, Map.of()));
    }

    @Test
    void withoutAPoolerANewOneIsMade() throws Exception {
        TinyBert.weights(tiny, TinyBert.weights().stream().filter(w -> !w.name().startsWith("pooler")).toList());
        float[][] made = vectors(tiny, Map.of("pool", "pooler"));
        assertArrayEquals(made, vectors(tiny, Map.of("pool", "pooler")), "the same each time");
        save(tiny, Map.of("pool", "pooler"), folder.resolve("saved"));
        assertArrayEquals(made, vectors(folder.resolve("saved"), Map.of("pool", "pooler")));
    }

    @Test
    void modelsAreFoundByName() throws Exception {
        Transformer provider = new Transformer();
        Checkpoints mine = new Checkpoints() {
            @Override
            public List<String> names() {
                return List.of("tiny", "another");
            }

            @Override
            public Optional<Path> folder(String name) {
                return name.equals("tiny") ? Optional.of(tiny) : Optional.empty();
            }
        };
        provider.addCheckpoints(mine);
        assertArrayEquals(vectors(tiny, Map.of()), load(provider, "tiny"));
        IOException unknown = assertThrows(IOException.class, () -> load(provider, "huge"));
        assertEquals("no model is called 'huge', and there is no such folder; installed: another, tiny", unknown.getMessage());
        provider.removeCheckpoints(mine);
        IOException gone = assertThrows(IOException.class, () -> load(provider, "tiny"));
        assertTrue(gone.getMessage().endsWith("installed: none"), gone.getMessage());
    }

    private static float[][] load(Transformer provider, String name) throws Exception {
        Transformer.Config config = Settings.of(Transformer.Config.class, Map.of("checkpoint", name));
        return Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                return Models.relations(provider.create(config, TestParts.of()).load(Models.ENGINE, manager, Optional.empty()), VIEWS);
            }
        });
    }

    @Test
    void lowestLayersAreFrozen() throws Exception {
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                Encoder encoder = Models.load(tiny, manager, Map.of("pool", "pooler"));
                encoder.freeze(1);
                assertTrue(encoder.parameters().trainable().keySet().stream().allMatch(n -> n.startsWith("encoder.layer.1.") || n.startsWith("pooler.")));
                assertEquals(12 + 2, encoder.parameters().trainable().size());
                try (NDManager step = manager.newSubManager(); Engine.Tape tape = Models.ENGINE.record()) {
                    tape.backward(encoder.encode(encoder.collate(List.of(VIEWS)), new Step(Models.ENGINE, step, true)).relations().sum());
                }
                for (Map.Entry<String, NDArray> p : encoder.parameters().all().entrySet()) {
                    boolean trained = encoder.parameters().trainable().containsKey(p.getKey());
                    assertEquals(trained, p.getValue().hasGradient(), p.getKey());
                    if (trained) try (NDArray gradient = p.getValue().getGradient()) {
                        assertTrue(gradient.abs().sum().getFloat() > 0, p.getKey());
                    }
                }
                assertThrows(IllegalArgumentException.class, () -> encoder.freeze(3));
                assertThrows(IllegalArgumentException.class, () -> encoder.freeze(-2));
            }
            return null;
        });
    }

    @Test
    void dropoutIsTheModelsUnlessSet() throws Exception {
        assertFalse(Arrays.deepEquals(trained(Map.of(), 1), trained(Map.of(), 2)), "the model's own rate");
        assertArrayEquals(trained(Map.of("dropout", "0"), 1), trained(Map.of("dropout", "0"), 2));
        assertArrayEquals(trained(Map.of("dropout", "0.1"), 1), trained(Map.of(), 1));
        assertFalse(Arrays.deepEquals(trained(Map.of("dropout", "0.3"), 1), trained(Map.of(), 1)));
    }

    private float[][] trained(Map<String, ?> settings, long seed) throws Exception {
        return Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                Encoder encoder = Models.load(tiny, manager, settings);
                Models.ENGINE.seed(seed);
                return Models.rows(encoder.encode(encoder.collate(List.of(VIEWS)), new Step(Models.ENGINE, manager, true)).relations().toFloatArray(), encoder.dimension());
            }
        });
    }
}
