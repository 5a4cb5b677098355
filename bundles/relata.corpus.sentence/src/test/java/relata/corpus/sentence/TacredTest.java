package relata.corpus.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.Wrong;

final class TacredTest implements CorpusReaderContract<Tacred.Config> {
    private static final String TRAIN = """
            [{"id": "a1", "docid": "D", "relation": "per:title", "token": ["Mira", "Olsen", "-LRB-", "mayor", "-RRB-", "left", "."], "subj_start": 0, "subj_end": 1, "obj_start": 3, "obj_end": 3,
              "subj_type": "PERSON", "obj_type": "TITLE", "stanford_pos": ["NNP"], "stanford_head": [1]},
             {"id": "a2", "relation": "no_relation", "token": ["Réka", "saw", "\u00a0", "Bo", "."], "subj_start": 3, "subj_end": 3, "obj_start": 0, "obj_end": 0, "subj_type": "PERSON", "obj_type": "PERSON"}]
            """;

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, Tacred.Config> provider() {
        return new Tacred();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("train.json"), TRAIN);
            Files.writeString(root.resolve("test.json"), TRAIN.replace("\"a1\"", "\"b1\"").replace("\"a2\"", "\"b2\""));
            Files.writeString(root.resolve("rel2id.json"), "{}");
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        return new Wrong(folder, "train.json", TRAIN)
                .but("\"token\"", "\"tokens\"", "line 2", "[0]", "no 'token'", "tokens")
                .but("\"subj_end\": 1", "\"subj_end\": 7", "line 1", "[0]", "subj", "0 to 7", "7 tokens")
                .but("\"obj_start\": 3", "\"obj_start\": 4", "line 1", "[0]", "obj_start is 4", "obj_end is 3", "inclusive")
                .but("\"obj_start\": 0", "\"obj_start\": -1", "line 3", "[1]", "-1")
                .but("\"obj_end\": 0", "\"obj_end\": 2147483647", "line 3", "[1]", "2147483647")
                .but("\"subj_start\": 3, \"subj_end\": 3", "\"subj_start\": 2, \"subj_end\": 2", "line 3", "[1]", "only space")
                .but("\"subj_start\": 0", "\"subj_start\": \"0\"", "line 1", "[0].subj_start", "whole number")
                .but("\"a2\"", "\"a1\"", "line 3", "'a1'", "line 1 [0]")
                .but(", \"token\": [\"Réka\", \"saw\", \"\u00a0\", \"Bo\", \".\"]", ", \"token\": []", "line 3", "[1]", "tokens is empty")
                .but("\"relation\": \"no_relation\", ", "", "line 3", "[1]", "no label")
                .but("}]", "}", "line 4", "cut off")
                .file("[]", Map.of(), "line 1", "empty")
                .file("{}", Map.of(), "line 1", "an array")
                .file("", Map.of(), "is empty")
                .all();
    }

    @Test
    void endsAreInclusive() throws IOException {
        Corpus corpus = part().read();
        Passage passage = new Passage("a1", List.of("Mira", "Olsen", "(", "mayor", ")", "left", "."), List.of(),
                List.of(Entity.of("subj", "PERSON", 0, 2), Entity.of("obj", "TITLE", 3, 4)), List.of(new Fact(0, 1, "per:title")));
        assertEquals(new Example("a1", passage, List.of(new Pair(0, 1, List.of("per:title")))), corpus.split("train").get(0));
        Example second = corpus.split("train").get(1);
        assertEquals(List.of("Réka", "saw", "Bo", "."), second.passage().tokens());
        assertEquals(List.of(Entity.of("subj", "PERSON", 2, 3), Entity.of("obj", "PERSON", 0, 1)), second.passage().entities());
        assertEquals(List.of(), second.passage().facts());
        assertEquals(List.of("no_relation", "per:title"), corpus.relations());
        assertEquals("-LRB-", parts().create(provider(), Map.of("root", settings().get("root"), "brackets", false)).read().split("train").get(0).passage().tokens().get(2));
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        int errors = Damage.check(root.resolve("train.json"), 1000, Pattern.compile(" line \\d+: |is empty|damaged or cut off"), reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
    }
}
