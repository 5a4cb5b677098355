package relata.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/** Turns rows of scores into predictions. */
final class Answers {
    private Answers() {}

    /** Softmax over logits, in double precision. */
    static double[] softmax(float[] logits) {
        double max = Double.NEGATIVE_INFINITY, sum = 0;
        for (float x : logits) max = Math.max(max, x);
        double[] p = new double[logits.length];
        for (int k = 0; k < p.length; k++) sum += p[k] = Math.exp(logits[k] - max);
        for (int k = 0; k < p.length; k++) p[k] /= sum;
        return p;
    }

    /**
     * One prediction for each pair of each example, the label of the largest score (the first of equal ones).
     *
     * @param rows one row of scores for each pair, in order
     */
    static Predictions of(List<Example> examples, List<String> labels, Optional<String> negative, List<double[]> rows) {
        List<Prediction> items = new ArrayList<>();
        int row = 0;
        for (Example example : examples)
            for (int pair = 0; pair < example.pairs().size(); pair++) {
                double[] scores = rows.get(row++);
                int best = 0;
                List<Double> boxed = new ArrayList<>(scores.length);
                for (int k = 0; k < scores.length; k++) {
                    if (scores[k] > scores[best]) best = k;
                    boxed.add(scores[k]);
                }
                items.add(new Prediction(example.id(), pair, example.pairs().get(pair).relations(), labels.get(best), boxed));
            }
        return new Predictions(labels, negative, items);
    }
}
