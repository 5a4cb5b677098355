package relata.api.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final Metric ACCURACY =
            p -> Map.of("accuracy", p.items().stream().filter(Prediction::right).count() / (double) p.items().size());

    private final PairedBootstrap bootstrap = new PairedBootstrap(ACCURACY, "accuracy", 500, 1);

    /** Right on all examples but every {@code wrong}-th. @param pairs of each example */
    private static Predictions model(int examples, int wrong, int pairs) {
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < examples; i++)
            for (int p = 0; p < pairs; p++) all.add(new Prediction("e" + i, p, List.of("a"), i % wrong == 0 ? "b" : "a", List.of()));
        return new Predictions(List.of("a", "b"), Optional.empty(), all);
    }

    private static Predictions model(int examples, int wrong) {
        return model(examples, wrong, 1);
    }

    private static SortedMap<Long, Predictions> seeds(Predictions... models) {
        SortedMap<Long, Predictions> seeds = new TreeMap<>();
        for (Predictions model : models) seeds.put(42L + seeds.size(), model);
        return seeds;
    }

    private PairedBootstrap.Comparison compare(SortedMap<Long, Predictions> first, SortedMap<Long, Predictions> second) {
        return bootstrap.of(second).minus(bootstrap.of(first));
    }

    @Test
    void aLargeDifferenceIsDistinguishableAndASmallOneIsNot() {
        PairedBootstrap.Comparison large = compare(seeds(model(300, 2)), seeds(model(300, 10)));
        assertEquals(0.4, large.difference(), 1e-12);
        assertTrue(large.distinguishable() && large.low() < 0.4 && large.high() > 0.4, large.toString());
        assertFalse(compare(seeds(model(60, 10)), seeds(model(60, 9))).distinguishable());
        PairedBootstrap.Comparison same = compare(seeds(model(60, 7)), seeds(model(60, 7)));
        assertEquals(0, same.low());
        assertEquals(0, same.high());
    }

    @Test
    void theIntervalIsThatOfAPlainLoop() {
        Predictions first = model(50, 3), second = model(50, 7);
        SplittableRandom random = new SplittableRandom(1);
        double[] differences = new double[500];
        for (int r = 0; r < 500; r++)
            for (int i = 0; i < 50; i++) {
                int k = random.nextInt(50);
                differences[r] += ((k % 7 == 0 ? 0 : 1) - (k % 3 == 0 ? 0 : 1)) / 50.0;
            }
        Arrays.sort(differences);
        PairedBootstrap.Comparison found = compare(seeds(first), seeds(second));
        assertEquals(differences[12], found.low(), 1e-12);
        assertEquals(differences[487], found.high(), 1e-12);
    }

    @Test
    void seedsAreDrawnTooAndInPairs() {
        // the same gain in each seed, though the seeds differ much: only pairs of seeds show it
        SortedMap<Long, Predictions> first = seeds(model(200, 2), model(200, 4), model(200, 50)), second = seeds(model(200, 2), model(200, 4), model(200, 50));
        PairedBootstrap.Comparison same = compare(first, second);
        assertEquals(0, same.low());
        assertEquals(0, same.high());
        PairedBootstrap.Comparison other = compare(first, new TreeMap<>(Map.of(1L, model(200, 2), 2L, model(200, 4), 3L, model(200, 50))));
        assertEquals(0, other.difference(), 1e-12);
        assertTrue(other.low() < -0.1 && other.high() > 0.1, "seeds that are not the same are not paired: " + other);
        PairedBootstrap.Comparison one = compare(seeds(model(200, 3)), seeds(model(200, 5))), three = compare(
                seeds(model(200, 3), model(200, 3), model(200, 3)), seeds(model(200, 2), model(200, 5), model(200, 50)));
        assertTrue(three.high() - three.low() > 1.5 * (one.high() - one.low()), "seeds that spread widen the interval: " + one + ", " + three);
    }

    @Test
    void pairsOfAnExampleAreDrawnTogether() {
        PairedBootstrap.Comparison one = compare(seeds(model(40, 2, 1)), seeds(model(40, 3, 1))), ten = compare(seeds(model(40, 2, 10)), seeds(model(40, 3, 10)));
        assertEquals(one, ten, "ten copies of an answer say no more than one");
    }

    @Test
    void modelsThatAnsweredOtherQuestionsAreNotCompared() {
        assertThrows(IllegalArgumentException.class, () -> compare(seeds(model(10, 2)), seeds(model(11, 2))));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.of(seeds(model(10, 2), model(5, 2, 2))));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new PairedBootstrap(ACCURACY, "f1", 10, 1).of(seeds(model(10, 2)))).getMessage().contains("accuracy"));
    }
}
