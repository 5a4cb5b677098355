package relata.corpus.jsonl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.corpus.text.Unseen;
import relata.testkit.TestParts;

/** What the documentation says is so. */
final class DocsTest {
    private static final Path DOCS = Path.of("..", "..", "docs", "formats");
    private static final Pattern BLOCK = Pattern.compile("```json( error)?\n(.*?)```(?:\\s+ {4}(line 1: [^\n]*))?", Pattern.DOTALL);

    @TempDir
    Path folder;

    private Corpus read(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("doc.jsonl"), line);
        return new JsonlReader().create(new JsonlReader.Config(file, Optional.of("none"), 0, Unseen.ERROR), TestParts.of()).read();
    }

    @Test
    void theExamplesAreReadAndTheMistakesAnsweredAsShown() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(DOCS.resolve("jsonl.md")));
        int good = 0;
        int wrong = 0;
        while (block.find()) {
            String line = block.group(2);
            if (block.group(1) == null) {
                // a line with the negative label beside, since the settings name it
                assertEquals(2, read(line + "{\"tokens\":[\"a\",\"b\"],\"head\":{\"start\":0,\"end\":1},\"tail\":{\"start\":1,\"end\":2},\"relation\":\"none\"}").split("all").size(), line);
                good++;
            } else {
                String message = assertThrows(IOException.class, () -> read(line)).getMessage();
                assertTrue(message.endsWith(block.group(3)), message);
                wrong++;
            }
        }
        assertEquals(5, good);
        assertEquals(3, wrong);
    }

    @Test
    void theSchemaKnowsTheKeysThatTheReaderKnows() throws IOException {
        JsonObject schema = JsonParser.parseString(Files.readString(DOCS.resolve("relata-jsonl.schema.json"))).getAsJsonObject();
        assertKeys(Raw.KEYS, schema);
        JsonObject types = schema.getAsJsonObject("$defs");
        assertKeys(Raw.ENTITY, types.getAsJsonObject("entity"));
        assertKeys(Raw.MENTION, types.getAsJsonObject("mention"));
        assertKeys(Raw.ARGUMENT, types.getAsJsonObject("argument"));
        assertKeys(Raw.RELATION, types.getAsJsonObject("relation"));
    }

    private static void assertKeys(List<String> keys, JsonObject type) {
        assertEquals(new TreeSet<>(keys), new TreeSet<>(type.getAsJsonObject("properties").keySet()));
    }
}
