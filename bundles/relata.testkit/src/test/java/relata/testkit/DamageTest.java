package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;

/** Damage is found by readers that look, and readers that answer badly are found out. */
final class DamageTest {
    private static final Pattern PLACE = Pattern.compile(" line \\d+: ");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void aGoodFile() throws IOException {
        file = Files.writeString(folder.resolve("good.txt"), "{\"é\": [1, 2]}\n".repeat(3));
    }

    private int check(Damage.Reading mistaken) throws IOException {
        byte[] good = Files.readAllBytes(file);
        Corpus corpus = TinyCorpus.corpus();
        return Damage.check(file, 100, PLACE, () -> Arrays.equals(good, Files.readAllBytes(file)) ? corpus : mistaken.read());
    }

    @Test
    void errorsWithPlacesAreCountedAndTheFileStays() throws IOException {
        byte[] good = Files.readAllBytes(file);
        assertTrue(check(() -> {
            throw new CorpusException(file, 1, "is not as it was");
        }) > 80);
        assertArrayEquals(good, Files.readAllBytes(file));
        assertTrue(new String(good, StandardCharsets.UTF_8).contains("é"));
    }

    @Test
    void readersThatAnswerBadlyAreFoundOut() {
        assertThrows(AssertionError.class, () -> check(() -> {
            throw new IllegalStateException("raw");
        }));
        assertThrows(AssertionError.class, () -> check(() -> {
            throw new IOException("something is wrong with " + file);
        }));
        assertThrows(AssertionError.class, () -> check(() -> {
            throw new IOException("other.txt line 1: has no name");
        }));
    }
}
