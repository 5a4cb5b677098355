package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

class PairedBootstrapTest {
    private static final Metric ACCURACY =
            p -> Map.of("accuracy", p.items().stream().filter(Prediction::right).count() / (double) p.items().size());

    /** Right on all items but every {@code wrong}-th. */
    private static Predictions model(int items, int wrong) {
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < items; i++) all.add(new Prediction("e" + i, 0, List.of("a"), i % wrong == 0 ? "b" : "a", List.of()));
        return new Predictions(List.of("a", "b"), Optional.empty(), all);
    }

    private static PairedBootstrap.Comparison compare(Predictions first, Predictions second) {
        return PairedBootstrap.compare(first, second, ACCURACY, "accuracy", 500, 1);
    }

    @Test
    void aLargeDifferenceIsDistinguishableAndASmallOneIsNot() {
        PairedBootstrap.Comparison large = compare(model(300, 2), model(300, 10));
        assertEquals(0.4, large.difference(), 1e-12);
        assertTrue(large.distinguishable() && large.low() < 0.4 && large.high() > 0.4, large.toString());
        assertFalse(compare(model(60, 10), model(60, 9)).distinguishable());
        PairedBootstrap.Comparison same = compare(model(60, 7), model(60, 7));
        assertEquals(0, same.low());
        assertEquals(0, same.high());
    }

    @Test
    void modelsThatAnsweredOtherQuestionsAreNotCompared() {
        assertThrows(IllegalArgumentException.class, () -> compare(model(10, 2), model(11, 2)));
    }
}
