package relata.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.result.Results;
import relata.api.result.Spread;
import relata.api.run.Progress;

class SmallPartsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void spreadIsMedianMeanAndDeviation() {
        Spread odd = Spread.of(List.of(3.0, 1.0, 8.0));
        assertEquals(3, odd.median());
        assertEquals(4, odd.mean());
        assertEquals(Math.sqrt((1 + 9 + 16) / 2.0), odd.deviation(), 1e-12);
        assertEquals(1, odd.min());
        assertEquals(8, odd.max());
        assertEquals(2.5, Spread.of(List.of(1.0, 2.0, 3.0, 9.0)).median());
        assertEquals(0, Spread.of(List.of(2.0)).deviation());
        assertEquals(List.of("a"), List.copyOf(Spread.over(List.of(Map.of("a", 1.0, "b", 2.0), Map.of("a", 2.0))).keySet()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "59, 0:59", "61, 1:01", "3599, 59:59", "3661, 1:01:01"})
    void timesAreShort(long seconds, String text) {
        assertEquals(text, Rate.time(seconds));
    }

    @Test
    void rateLeavesOutWhatWasDoneBefore() {
        Rate rate = new Rate();
        Progress at100 = new Progress("epoch 1", 100, 300, "steps", "");
        rate.see(at100, 0);
        assertEquals("", rate.text(at100, 0));
        assertEquals("5.0 steps/s, 0:38 left", rate.text(new Progress("epoch 1", 110, 300, "steps", ""), 2 * SECOND));
        assertEquals("4.0 s per step, 12:40 left", rate.text(new Progress("epoch 1", 110, 300, "steps", ""), 40 * SECOND));
        assertEquals("4.0 s per batch", rate.text(new Progress("epoch 1", 110, 110, "batches", ""), 40 * SECOND));
        assertEquals("5.0 steps/s", rate.text(new Progress("epoch 1", 110, 0, "steps", ""), 2 * SECOND), "of an unknown total nothing is left");
        Progress next = new Progress("epoch 2", 1, 300, "steps", "");
        rate.see(next, 50 * SECOND);
        assertEquals("1.0 steps/s, 4:58 left", rate.text(new Progress("epoch 2", 2, 300, "steps", ""), 51 * SECOND));
        rate.see(new Progress("epoch 2", 300, 300, "steps", ""), 400 * SECOND);
        rate.see(next, 500 * SECOND);
        assertEquals("1.0 steps/s, 4:58 left", rate.text(new Progress("epoch 2", 2, 300, "steps", ""), 501 * SECOND), "another stage with work of the same name");
    }

    @Test
    void aPlainLogSaysLittle() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong();
        RunLog log = new RunLog(new PrintWriter(text, true), new Terminal(false, false, 80), clock::get);
        for (int i = 1; i <= 100; i++) {
            clock.addAndGet(SECOND);
            log.progress("run", "train", new Progress("epoch 1", i, 100, "steps", "loss 1"));
        }
        List<String> lines = text.toString().lines().toList();
        assertEquals(8, lines.size(), text.toString());
        assertTrue(lines.get(0).endsWith("  train: epoch 1, 1/100 steps, loss 1"), lines.get(0));
        assertTrue(lines.get(1).endsWith("16/100 steps, 1.0 steps/s, 1:24 left, loss 1"), lines.get(1));
        assertFalse(text.toString().contains("\r"));
    }

    @Test
    void aTerminalShowsABar() {
        StringWriter text = new StringWriter();
        RunLog log = new RunLog(new PrintWriter(text, true), new Terminal(true, false, 80), () -> 0);
        log.progress("run", "train", new Progress("epoch 1", 50, 100, "steps", ""));
        assertEquals("\rtrain [############............] epoch 1, 50/100 steps", text.toString());
        log.progress("run", "train", new Progress("epoch 1", 51, 100, "steps", ""));
        assertFalse(text.toString().contains("51/100"), "ten times a second is enough");
        log.said("run", "train", "hello");
        assertTrue(text.toString().endsWith("train: hello\n"), text.toString());
    }

    @Test
    void tablesHaveColumns() {
        assertEquals("a    b\nccc  d\n", new Table().row("a", "b").row("ccc", "d").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Steve Jobs founded Apple.       | Steve Jobs founded Apple .",
        "It binds (weakly), e.g. to Rpn4 | It binds ( weakly ) , e.g. to Rpn4",
        "We saw Dr. Smith, too.          | We saw Dr. Smith , too .",
        "@PROTEIN$ is here!              | @PROTEIN$ is here !",
        "3.5 mg of \"x-y\" don't help.   | 3.5 mg of \" x-y \" don't help ."
    })
    void sentencesAreSplit(String line, String tokens) {
        assertEquals(List.of(tokens.split(" ")), Sentences.tokens(line));
    }

    @Test
    void blankLinesHaveNoTokens() {
        assertEquals(List.of(), Sentences.tokens("  "));
    }

    @Test
    void lossCasesAreRead() throws Failure {
        LossCase c = LossCase.parse("x", "{\"embeddings\": [[1, 2.5], [3, -4e-1]], \"groups\": [0, 7]}");
        assertArrayEquals(new double[] {3, -0.4}, c.embeddings()[1]);
        assertArrayEquals(new int[] {0, 7}, c.groups());
        assertEquals("cosine", c.similarity());
        assertEquals("dot", LossCase.parse("x", "{\"embeddings\": [[1]], \"groups\": [0], \"similarity\": \"dot\"}").similarity());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "[]                                                   | x must be an object",
        "{                                                    | x is not JSON",
        "{\"embeddings\": [[1]]}                              | x needs a list 'groups'",
        "{\"embeddings\": [], \"groups\": []}                 | x 'embeddings' is empty",
        "{\"embeddings\": [[1], [1, 2]], \"groups\": [0, 0]}  | x embeddings[1] has 2 numbers, embeddings[0] has 1",
        "{\"embeddings\": [[1], [\"a\"]], \"groups\": [0, 0]} | x embeddings[1][0] was \"a\" but must be a finite number",
        "{\"embeddings\": [[1]], \"groups\": [0.5]}           | x groups[0] was 0.5 but must be a whole number",
        "{\"embeddings\": [[1]], \"groups\": [0, 1]}          | x has 1 embeddings but 2 groups",
        "{\"embedings\": [[1]], \"groups\": [0]}              | x has the key 'embedings'; known are embeddings, groups, similarity",
        "{\"embeddings\": [[1]], \"groups\": [0], \"similarity\": 3} | x 'similarity' must be the name"
    })
    void wrongLossCasesAreToldApart(String text, String message) {
        String said = assertThrows(Failure.class, () -> LossCase.parse("x", text)).getMessage();
        assertTrue(said.startsWith(message), said);
    }

    @ParameterizedTest
    @CsvSource({"micro-f1, true", "shift-rate, true", "f1:hypernym, false", "a -> b, false"})
    void headlinesAreFiguresOfTheWhole(String metric, boolean headline) {
        assertEquals(headline, Results.headline(metric));
    }
}
