package relata.corpus.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.CorpusException;

final class JsonTest {
    @TempDir
    Path folder;

    private List<String> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("f.json"), text);
        List<String> read = new ArrayList<>();
        Json.read(file, sha256 -> read.add(sha256), json -> json.array(() -> {
            Place here = json.here();
            json.object(List.of("a"), List.of("b"), key -> read.add(here.words() + " " + key + json.number()));
            return here;
        }));
        assertEquals(Hash.of(file), read.remove(read.size() - 1));
        return read;
    }

    private String error(String text) {
        return assertThrows(CorpusException.class, () -> read(text)).getMessage().substring(folder.toString().length() + 1);
    }

    @Test
    void placesOfAFileHaveLines() throws IOException {
        assertEquals(List.of("f.json line 1 [0] a1", "f.json line 3 [1] b2", "f.json line 3 [1] a3"), read("[{\"a\":1},\n\n{\"b\":2,\n\"x\":[{}],\"a\":3,\"c\":null}]\n"));
        assertEquals("f.json line 2: [1] has no 'a'; its keys are b, x", error("[{\"a\":1},\n{\"b\":2,\"x\":3}]"));
        assertEquals("f.json line 2: [1].a must be a whole number, but is a text", error("[{\"a\":1},\n{\"a\":\"2\"}]"));
        assertEquals("f.json line 3: the key 'a' comes twice, in [0].a", error("[{\"a\":1,\n\n\"a\":2}]"));
        assertEquals("f.json line 2: the JSON is cut off: the file ends inside [0].a", error("[{\"a\":\n"));
        assertEquals("f.json line 1: the JSON is cut off, or a quotation mark is missing: the file ends inside a text, in [0]", error("[{\"a"));
        assertEquals("f.json: is empty, but JSON was expected", error(" \n "));
        assertEquals("f.json line 2: no valid JSON near column 2, in the file", error("[]\n[]"));
    }
}
