package relata.encode.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VocabularyTest {
    @Test
    void rareWordsAreUnknown() {
        Vocabulary words = Vocabulary.of(Map.of("the", 5, "mill", 2, "corn", 2, "zeal", 1, "glove", 1), 2, Set.of("glove", "[e1]"), true);
        assertEquals(List.of("[UNK]", "the", "corn", "mill", "glove", "[e1]"), words.words());
        assertEquals(0, words.number("zeal"));
        assertEquals(0, words.number("never seen"));
        assertEquals(4, words.number("glove"), "rare, but always known");
        assertEquals(5, words.number("[E1]"));
    }

    @Test
    void capitalsCountIfAskedTo() {
        assertEquals(1, Vocabulary.of(Map.of("us", 1), 1, Set.of(), true).number("US"));
        assertEquals(0, Vocabulary.of(Map.of("us", 1), 1, Set.of(), false).number("US"));
    }

    @Test
    void anyWordIsKept(@TempDir Path folder) throws IOException {
        Vocabulary words = Vocabulary.of(Map.of("a\nb", 3, "\"", 2, "\\", 2, " ", 1, "é😀", 1), 1, Set.of(), false);
        words.write(folder);
        assertEquals(words.words(), Vocabulary.read(folder, false).words());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[\"[UNK]\", \"a\"  | cut off",
        "{}                 | no list of words",
        "''                 | begins with [UNK]",
        "[\"a\"]            | begins with [UNK]",
        "[\"[UNK]\", null]  | missing",
        "[\"[UNK]\", \"a\", \"a\"] | twice",
    })
    void aDamagedFileIsNamed(String text, String what, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), text);
        String message = assertThrows(IOException.class, () -> Vocabulary.read(folder, true)).getMessage();
        assertTrue(message.contains("vocab.json") && message.contains(what), message);
    }
}
