package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import relata.api.corpus.Example;

/** A failure is told by little. */
class SmallestTest {
    private static String shown(Runnable failing) {
        return assertThrows(AssertionFailedError.class, failing::run).getMessage();
    }

    @Test
    void ofAListOnlyWhatMattersIsLeft() {
        Smallest<List<Integer>> lists = new Smallest<>(list -> Smallest.parts(list, 0), List::toString);
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        String message = shown(() -> lists.one(numbers, list -> assertFalse(list.contains(17) && list.contains(80), "17 and 80 do not go together")));
        assertEquals("17 and 80 do not go together\n  the smallest input that shows it: [17, 80]", message);
        lists.one(numbers, list -> assertTrue(list.size() <= 100));
    }

    @Test
    void anotherMistakeOfASmallerInputIsNotTakenForIt() {
        Smallest<List<Integer>> lists = new Smallest<>(list -> Smallest.parts(list, 0), List::toString);
        String message = shown(() -> lists.one(List.of(1, 2, 3), list -> {
            if (list.size() < 2) throw new IllegalArgumentException("too few");
            throw new ArithmeticException("wrong");
        }));
        assertEquals("it threw java.lang.ArithmeticException: wrong\n  the smallest input that shows it: [1, 2]", message.replace("[2, 3]", "[1, 2]"));
    }

    @Test
    void ofAnExampleOnlyWhatMattersIsLeft() {
        Example document = TinyCorpus.document();
        String message = shown(() -> Smallest.example().one(document, e -> assertFalse(e.passage().tokens().contains("oak"), "oak is in it")));
        assertTrue(message.startsWith("oak is in it\n  the smallest input that shows it: "), message);
        // the token, and a mention of each entity of the one pair that is left
        assertTrue(message.contains(": boat Saltholm oak\n") || message.lines().toList().get(1).split(" ").length < 14, message);
        assertEquals(1, message.lines().filter(l -> l.contains("    pair ")).count(), message);
    }

    @Test
    void ofAContrastOnlyWhatMattersIsLeft() {
        PlainContrast x = PlainContrast.ofGroups(new Random(1), 3, 3, 2);
        String message = shown(() -> Smallest.contrast().one(x, c -> assertFalse(Arrays.stream(c.positive()[0]).sum() > 0, "row 0 has a positive")));
        assertTrue(message.contains("2 anchors, 2 candidates") && message.contains("positive [[0.0, 1.0], [1.0, 0.0]]"), message);
    }
}
