package relata.measure.standard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * What is right and wrong about a label. A pair with several gold labels asks for each of them: the predicted one, if it is among them, is found, the
 * others are missed.
 *
 * @param truePositives predicted and gold
 * @param falsePositives predicted, not gold
 * @param falseNegatives gold, not predicted
 */
record Counts(long truePositives, long falsePositives, long falseNegatives) {
    private static final Counts NOTHING = new Counts(0, 0, 0);

    /** Counts that grow: a bootstrap counts a test split thousands of times. */
    private static final class Tally {
        private long truePositives;
        private long falsePositives;
        private long falseNegatives;

        private Counts counts() {
            return new Counts(truePositives, falsePositives, falseNegatives);
        }
    }

    private static Tally tally(String label, Map<String, Tally> known, Map<String, Tally> others) {
        Tally tally = known.get(label);
        return tally == null ? others.computeIfAbsent(label, l -> new Tally()) : tally;
    }

    /** For each label of {@code predictions}, in their order, then for labels that only occur in answers, sorted. Predictions without gold are not counted. */
    static Map<String, Counts> byLabel(Predictions predictions) {
        Map<String, Tally> known = new LinkedHashMap<>();
        predictions.labels().forEach(label -> known.put(label, new Tally()));
        Map<String, Tally> others = new TreeMap<>();
        for (Prediction p : predictions.items()) {
            if (p.gold().isEmpty()) continue;
            if (!p.right()) tally(p.label(), known, others).falsePositives++;
            for (String gold : p.gold().size() == 1 ? p.gold() : Set.copyOf(p.gold())) {
                Tally tally = tally(gold, known, others);
                if (gold.equals(p.label())) tally.truePositives++;
                else tally.falseNegatives++;
            }
        }
        Map<String, Counts> counts = new LinkedHashMap<>();
        known.forEach((label, tally) -> counts.put(label, tally.counts()));
        others.forEach((label, tally) -> counts.put(label, tally.counts()));
        return counts;
    }

    /** The same without the label that means <em>no relation</em>, unless it is wanted. */
    static Map<String, Counts> byLabel(Predictions predictions, boolean negative) {
        Map<String, Counts> counts = byLabel(predictions);
        if (!negative) predictions.negative().ifPresent(counts::remove);
        return counts;
    }

    static Counts sum(Iterable<Counts> all) {
        Counts sum = NOTHING;
        for (Counts c : all) sum = sum.plus(c);
        return sum;
    }

    Counts plus(Counts other) {
        return new Counts(truePositives + other.truePositives, falsePositives + other.falsePositives, falseNegatives + other.falseNegatives);
    }

    /** How often the label is gold. */
    long support() {
        return truePositives + falseNegatives;
    }

    /** True if the label is neither gold nor predicted. */
    boolean empty() {
        return support() + falsePositives == 0;
    }

    /** 0 if the label is never predicted. */
    double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** 0 if the label is never gold. */
    double recall() {
        return ratio(truePositives, support());
    }

    /** 0 if the label is neither predicted nor gold. */
    double f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
