package relata.console.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * What was answered for what.
 *
 * @param labels those that are right or were answered somewhere, in the corpus's order
 * @param counts a row for each right label, a column for each answer. Of a question with several right labels the answer counts, if it is one of them, else the first
 */
record Confusion(List<String> labels, List<List<Integer>> counts) {
    /**
     * One relation.
     *
     * @param support questions to which it is a right answer
     * @param predicted how often it was answered
     * @param right how often rightly
     * @param precision right of predicted; 0 if it was never answered
     * @param recall right of support; 0 if there is none
     * @param f1 their harmonic mean; 0 if both are
     */
    record Relation(String label, int support, int predicted, int right, double precision, double recall, double f1) {
        static Relation of(String label, List<Prediction> known) {
            int support = 0, predicted = 0, right = 0;
            for (Prediction p : known) {
                if (p.gold().contains(label)) support++;
                if (!p.label().equals(label)) continue;
                predicted++;
                if (p.right()) right++;
            }
            double precision = predicted == 0 ? 0 : right / (double) predicted, recall = support == 0 ? 0 : right / (double) support;
            return new Relation(label, support, predicted, right, precision, recall, right == 0 ? 0 : 2 * precision * recall / (precision + recall));
        }
    }

    /** Of answers; those to questions whose right answer is not known do not count. */
    static Confusion of(Predictions predictions) {
        List<Prediction> known = known(predictions);
        Set<String> seen = new LinkedHashSet<>();
        known.forEach(p -> {
            seen.add(p.label());
            seen.addAll(p.gold());
        });
        List<String> labels = new ArrayList<>(predictions.labels());
        seen.forEach(l -> {
            if (!labels.contains(l)) labels.add(l);
        });
        labels.retainAll(seen);
        int[][] counts = new int[labels.size()][labels.size()];
        for (Prediction p : known) counts[labels.indexOf(p.right() ? p.label() : p.gold().get(0))][labels.indexOf(p.label())]++;
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            List<Integer> boxed = new ArrayList<>();
            for (int count : row) boxed.add(count);
            rows.add(boxed);
        }
        return new Confusion(labels, rows);
    }

    /** Each of the labels by itself. */
    List<Relation> relations(Predictions predictions) {
        List<Prediction> known = known(predictions);
        return labels.stream().map(l -> Relation.of(l, known)).toList();
    }

    private static List<Prediction> known(Predictions predictions) {
        return predictions.items().stream().filter(p -> !p.gold().isEmpty()).toList();
    }
}
