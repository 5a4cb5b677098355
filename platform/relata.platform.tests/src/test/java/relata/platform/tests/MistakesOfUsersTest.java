package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.platform.tests.DistributionTest.example;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import relata.platform.tests.Unpacked.Answer;

/** What is wrong is told in sentences, with its place and an exit status of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MistakesOfUsersTest {
    private Unpacked relata;

    @BeforeAll
    void prepare(@TempDir Path folder) throws Exception {
        relata = Unpacked.inPlace(folder);
    }

    @Test
    void fiveMistakesAreToldAtOnceBeforeAnyTensor() throws Exception {
        relata.file("bad.yaml", """
                corpus: { use: wordnet }
                encoder: { use: transformer, with: { checkpoint: minilm-l6, maxLenght: 64 } }
                stages:
                  pretrain:
                    use: train
                    with:
                      objectives: [ { use: contrastive, with: { pairing: { use: same-example }, loss: { use: ntxent } } } ]
                      optimiser: { use: adamw, with: { warmup: 10 } }
                      epochs: many
                  finetune:
                    use: train
                    with: { from: pretraining, objectives: [ { use: cross-entropy } ], epochs: 1 }
                """);
        Path natives = relata.work().resolve("no natives");
        Answer answer = relata.relata(Map.of("DJL_CACHE_DIR", natives.toString()), "run", "bad.yaml", "--runs", "no runs");
        assertEquals(2, answer.code(), answer.err());
        assertEquals("relata: bad.yaml has 5 mistakes:", answer.err().lines().findFirst().orElse(""), answer.err());
        assertEquals(5, answer.err().lines().filter(l -> l.matches("  line \\d+  [\\w.\\[\\]-]+: .*")).count(), answer.err());
        for (String said : List.of("line 2 ", "maxLenght:", "line 7 ", "'ntxent'", "line 8 ", "warmup: was 10", "line 9 ", "'many'", "line 12 ", "'pretraining'"))
            assertTrue(answer.err().contains(said), said + " is not in:\n" + answer.err());
        assertFalse(Files.exists(natives), "the engine was loaded");
        assertFalse(Files.exists(relata.work().resolve("no runs")), "a run was begun");
    }

    @Test
    void wrongUseIsToldApartFromFailure() throws Exception {
        assertWrong(relata, 2, "there is no command 'relata rum'", "rum");
        assertWrong(relata, 2, "quickstart", "run", "quickstrat");
        assertWrong(relata, 2, "nt-xent", "describe", "loss", "ntxent");
        assertWrong(relata, 2, "--input", "try", "loss", "nt-xent");
        assertWrong(relata, 2, "42..46", "run", "quickstart", "--seeds", "46..42");
        assertWrong(relata, 2, "temperature", "try", "loss", "nt-xent", "--with", "temperatur=1", "--input", relata.file("case.json", "{\"embeddings\": [[1],[2]], \"groups\": [0,0]}").toString());
        assertWrong(relata, 2, "groups", "try", "loss", "nt-xent", "--input", relata.file("short.json", "{\"embeddings\": [[1],[2]], \"groups\": [0]}").toString());
        assertWrong(relata, 3, "there is no feature 'nothing'", "--features", "nothing", "list");
    }

    @Test
    void badDataAreToldWithTheirPlace() throws Exception {
        assertWrong(relata, 1, "empty.jsonl", "corpus", "check", "jsonl", "--with", "root=" + relata.file("empty.jsonl", ""));
        String beyond = example("a", "dog", "animal", "kind").replace("\"end\": 7", "\"end\": 9");
        assertWrong(relata, 1, "beyond.jsonl line 2", "corpus", "check", "jsonl", "--with", "root=" + relata.file("beyond.jsonl", example("b", "cat", "animal", "kind") + beyond));
        Path latin = relata.work().resolve("latin.jsonl");
        Files.write(latin, example("a", "caf\u00e9", "place", "kind").getBytes(StandardCharsets.ISO_8859_1));
        assertWrong(relata, 1, "UTF-8", "corpus", "check", "jsonl", "--with", "root=" + latin);
        assertWrong(relata, 1, "nowhere", "corpus", "check", "jsonl", "--with", "root=nowhere");
    }

    static void assertWrong(Unpacked relata, int code, String said, String... args) throws Exception {
        Answer answer = relata.relata(args);
        assertEquals(code, answer.code(), String.join(" ", args) + ": " + answer.err() + answer.out());
        assertTrue(answer.err().contains(said), String.join(" ", args) + " does not say " + said + ": " + answer.err());
        assertTrue(answer.err().startsWith("relata: "), answer.err());
        assertFalse(answer.err().contains("\tat "), "a stack trace: " + answer.err());
    }

    @Test
    void debugShowsTheStackTrace() throws Exception {
        assertTrue(relata.relata("--debug", "corpus", "check", "jsonl", "--with", "root=nowhere").err().contains("\tat relata."));
    }
}
