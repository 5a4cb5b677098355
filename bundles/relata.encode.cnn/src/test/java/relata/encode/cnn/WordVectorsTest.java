package relata.encode.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordVectorsTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("vectors.txt"), text);
    }

    @Test
    void readsWhatIsAskedFor() throws IOException {
        Path file = file("the 1 2\nmill 0.5 -1e-2\nThe 7 7\nfar away 3 3\ncorn\t4\t4 \n");
        Map<String, float[]> vectors = WordVectors.read(file, 2, Set.of("the", "corn", "far", "never"), true);
        assertEquals(Set.of("the", "corn"), vectors.keySet());
        assertArrayEquals(new float[] {1, 2}, vectors.get("the"), "the first spelling counts");
        assertArrayEquals(new float[] {4, 4}, vectors.get("corn"));
    }

    @Test
    void passesOverCountAndSize() throws IOException {
        assertArrayEquals(new float[] {1, 2, 3}, WordVectors.read(file("2 3\na 1 2 3\nb 4 5 6\n"), 3, Set.of("a"), false).get("a"));
        assertArrayEquals(new float[] {5}, WordVectors.read(file("b 4\n2 5\n"), 1, Set.of("2"), false).get("2"), "a number may be a word");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a 1 2 3      | line 1: has 3 numbers after its word, but wordSize is 2",
        "b 1 2;a 1    | line 2: has 1 numbers after its word, but wordSize is 2",
        "b 1 2;a 1 x  | line 2: has 'x' where a number was expected",
        "a 1 NaN      | line 1: has the number NaN, which is not finite",
        "b 1 2        | for none of the 1 words",
        "''           | for none of the 1 words",
    })
    void whatDoesNotFitIsNamed(String text, String what) throws IOException {
        Path file = file(text.replace(';', '\n'));
        String message = assertThrows(IOException.class, () -> WordVectors.read(file, 2, Set.of("a"), true)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(what), message);
    }

    @Test
    void binaryFormIsRecognised() throws IOException {
        Path file = Files.write(folder.resolve("vectors.bin"), new byte[] {'2', ' ', '3', '\n', 'a', ' ', (byte) 0xff, (byte) 0xfe, 0});
        assertTrue(assertThrows(IOException.class, () -> WordVectors.read(file, 3, Set.of("a"), true)).getMessage().contains("binary"));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.txt");
        assertTrue(assertThrows(IOException.class, () -> WordVectors.read(file, 3, Set.of("a"), true)).getMessage().contains("none.txt"));
    }
}
