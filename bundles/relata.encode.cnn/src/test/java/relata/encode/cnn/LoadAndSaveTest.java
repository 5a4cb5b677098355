package relata.encode.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.view.View;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;
import relata.testkit.TinyCorpus;

final class LoadAndSaveTest {
    @TempDir
    Path folder;

    private final Engine engine = TestEngine.engine();
    private final NDManager manager = engine.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static EncoderLoader loader(Map<String, ?> others) {
        Map<String, Object> settings = new TreeMap<>(Map.of("wordSize", 2, "positionSize", 2, "filters", 3));
        settings.putAll(others);
        return TestParts.of().create(new Pcnn(), settings);
    }

    private Encoder begin(Map<String, ?> others) throws IOException {
        return loader(others).begin(engine, manager, TinyCorpus.corpus().split("train"), new SplittableRandom(1));
    }

    private Encoder load(Map<String, ?> others) throws IOException {
        return loader(others).load(engine, manager, Optional.of(folder));
    }

    @Test
    void withoutAFolderItSaysWhatWouldWork() {
        assertTrue(assertThrows(IOException.class, () -> loader(Map.of()).load(engine, manager, Optional.empty())).getMessage().contains("'pcnn' has no weights before it is trained"));
    }

    @Test
    void anotherSeedBeginsAnotherEncoder() throws IOException {
        Encoder other = loader(Map.of()).begin(engine, manager, TinyCorpus.corpus().split("train"), new SplittableRandom(2));
        begin(Map.of()).parameters().all().forEach((name, array) -> {
            if (name.endsWith(".weight")) assertFalse(Arrays.equals(array.toFloatArray(), other.parameters().get(name).toFloatArray()), name);
        });
    }

    @Test
    void startsFromGivenVectorsAndKeepsThem() throws IOException {
        Path file = Files.writeString(folder.resolve("vectors.txt"), "of 8 9\nvalley 6 7\n");
        Encoder encoder = begin(Map.of("vectors", file));
        encoder.save(folder, new Parameters());
        Files.delete(file);
        float[] table = load(Map.of("vectors", file)).parameters().get(Convolutions.WORDS).toFloatArray();
        Vocabulary words = Vocabulary.read(folder, true);
        assertArrayEquals(new float[] {8, 9}, Arrays.copyOfRange(table, 2 * words.number("of"), 2 * words.number("of") + 2));
        assertTrue(words.number("valley") > 0, "rare, but with a vector");
        assertArrayEquals(new float[] {6, 7}, Arrays.copyOfRange(table, 2 * words.number("valley"), 2 * words.number("valley") + 2));
        assertEquals(0, words.number("lies"), "rare, and without one");
        float[] random = begin(Map.of()).parameters().get(Convolutions.WORDS).toFloatArray();
        assertArrayEquals(Arrays.copyOf(random, 2), Arrays.copyOf(table, 2), "words without a vector are begun as ever");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordSize", "positionSize", "maxDistance", "filters"})
    void otherSettingsAreRefused(String setting) throws IOException {
        begin(Map.of()).save(folder, new Parameters());
        String message = assertThrows(IOException.class, () -> load(Map.of(setting, 4))).getMessage();
        assertTrue(message.contains("config.json") && message.contains("ask for 4"), message);
    }

    @Test
    void anotherKindIsRefused() throws IOException {
        begin(Map.of()).save(folder, new Parameters());
        EncoderLoader cnn = TestParts.of().create(new Cnn(), Map.of());
        assertTrue(assertThrows(IOException.class, () -> cnn.load(engine, manager, Optional.of(folder))).getMessage().contains("model_type is \"pcnn\", but the encoder's settings ask for \"cnn\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "vocab.json", "model.safetensors"})
    void aFileThatIsCutOffIsNamed(String name) throws IOException {
        begin(Map.of()).save(folder, new Parameters());
        Path file = folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertTrue(assertThrows(IOException.class, () -> load(Map.of())).getMessage().contains(name));
        Files.delete(file);
        assertTrue(assertThrows(IOException.class, () -> load(Map.of())).getMessage().contains(name));
    }

    @Test
    void aVocabularyOfAnotherModelIsRefused() throws IOException {
        begin(Map.of()).save(folder, new Parameters());
        Files.writeString(folder.resolve("vocab.json"), "[\"[UNK]\", \"one\"]");
        assertTrue(assertThrows(IOException.class, () -> load(Map.of())).getMessage().contains("embeddings.words.weight"));
    }

    @Test
    void tellsWhatItReads() throws IOException {
        View view = View.of(TinyCorpus.example("e", "The <h:THING bottle> of <t:MATERIAL zirconium>", "made-of"));
        assertEquals(List.of("the", "bottle", "of", "[UNK]"), begin(Map.of()).pieces(view));
    }

    @Test
    void widthsAreChecked() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> loader(Map.of("widths", List.of()))).getMessage().contains("at least one"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> loader(Map.of("widths", List.of(3, 3)))).getMessage().contains("twice"));
    }
}
