package relata.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * Paired bootstrap over test items (Efron and Tibshirani 1993; Berg-Kirkpatrick et al. 2012): how far the difference of two models moves
 * when the same items are drawn with replacement for both.
 */
final class PairedBootstrap {
    /**
     * A comparison.
     *
     * @param difference second minus first on the items as they are
     * @param low lower end of the 95 % interval
     * @param high upper end
     * @param resamples number of resamples
     */
    record Comparison(double difference, double low, double high, int resamples) {
        /** True if 0 lies outside the interval. */
        boolean distinguishable() {
            return low > 0 || high < 0;
        }
    }

    private PairedBootstrap() {}

    /** @throws IllegalArgumentException if the two do not answer the same questions */
    static Comparison compare(Predictions first, Predictions second, Metric metric, String number, int resamples, long seed) {
        int n = first.items().size();
        if (n != second.items().size()) throw new IllegalArgumentException("the models answered " + n + " and " + second.items().size() + " questions: they cannot be compared in pairs");
        RandomGenerator random = Seeds.generator(seed);
        double[] differences = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            List<Prediction> a = new ArrayList<>(n), b = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                int k = random.nextInt(n);
                a.add(first.items().get(k));
                b.add(second.items().get(k));
            }
            differences[r] = number(metric, number, new Predictions(second.labels(), second.negative(), b)) - number(metric, number, new Predictions(first.labels(), first.negative(), a));
        }
        Arrays.sort(differences);
        return new Comparison(
                number(metric, number, second) - number(metric, number, first),
                differences[(int) (0.025 * resamples)], differences[Math.min(resamples - 1, (int) (0.975 * resamples))], resamples);
    }

    private static double number(Metric metric, String number, Predictions predictions) {
        Double found = metric.of(predictions).get(number);
        if (found == null) throw new IllegalArgumentException("the metric gives no '" + number + "'; it gives: " + String.join(", ", metric.of(predictions).keySet()));
        return found;
    }
}
