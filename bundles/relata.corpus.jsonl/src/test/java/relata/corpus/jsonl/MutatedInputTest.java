package relata.corpus.jsonl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.corpus.text.Unseen;
import relata.testkit.Damage;
import relata.testkit.TestParts;

/** Damaged files are read as far as they are still right, or answered with an error that names the line; never anything else. */
final class MutatedInputTest {
    private static final String GOOD = """
            {"id": "one", "tokens": ["Café", "owners", "like", "the", "😀", "."], "sentences": [0, 3], "head": {"start": 0, "end": 1, "type": "X", "text": "Café"}, "tail": {"start": 4, "end": 5}, "relation": "likes"}
            {"text": "Ada's dog – a @DOG$ – isn't 3.5 years old.", "entities": [{"id": "a", "mentions": [{"start": 0, "end": 3, "text": "Ada"}]}, {"mentions": [{"spans": [[6, 9], [14, 19]]}]}], "relations": [{"head": 0, "tail": 1, "relation": "owns"}], "pairs": [[0, 1], [1, 0]]}
            {"text": "Ab", "unit": "utf16", "entities": [{"mentions": [{"start": 0, "end": 1}]}, {"mentions": [{"start": 1, "end": 2}]}], "pairs": "all", "meta": {"n": [1, 2.5e3, null, true]}}
            """;

    @TempDir
    Path folder;

    @Test
    void aThousandDamagedFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("damaged.jsonl"), GOOD);
        int errors = Damage.check(file, 1000, Pattern.compile(" line \\d+: |is empty|no pair has the label|damaged or cut off"),
                () -> new JsonlReader().create(new JsonlReader.Config(file, Optional.of("none"), 0, Unseen.ERROR), TestParts.of()).read());
        assertTrue(errors > 600, "most damage must show, but only " + errors + " did");
    }
}
