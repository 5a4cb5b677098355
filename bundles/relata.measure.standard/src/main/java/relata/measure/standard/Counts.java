package relata.measure.standard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
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

    /** For each label of {@code predictions}, in their order, then for labels that only occur in answers, sorted. Predictions without gold are not counted. */
    static Map<String, Counts> byLabel(Predictions predictions) {
        Map<String, Counts> counts = new LinkedHashMap<>();
        predictions.labels().forEach(label -> counts.put(label, NOTHING));
        TreeSet<String> others = new TreeSet<>();
        for (Prediction p : predictions.items()) {
            others.addAll(p.gold());
            if (!p.gold().isEmpty()) others.add(p.label());
        }
        others.forEach(label -> counts.putIfAbsent(label, NOTHING));
        for (Prediction p : predictions.items()) {
            if (p.gold().isEmpty()) continue;
            if (!p.right()) counts.merge(p.label(), new Counts(0, 1, 0), Counts::plus);
            p.gold().stream().distinct().forEach(gold -> counts.merge(gold, gold.equals(p.label()) ? new Counts(1, 0, 0) : new Counts(0, 0, 1), Counts::plus));
        }
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
