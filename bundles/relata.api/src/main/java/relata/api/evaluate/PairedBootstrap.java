package relata.api.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Paired bootstrap (Efron and Tibshirani 1993; Berg-Kirkpatrick et al. 2012): how far a number of a model moves when the test had other examples, and the
 * training other seeds. In each resample as many examples are drawn with replacement as there are, with all pairs of each, since pairs of one passage are
 * not independent; then, if there is more than one, as many seeds as there are. Everybody who answers the same questions gets the same examples, and
 * everybody who has the same seeds the same seeds: differences are those of pairs. The number is the mean over the drawn seeds.
 *
 * <p>It does not tell what other data sets would say, and with few seeds it sees less of their spread than there is: of n seeds, about (n - 1) / n.
 */
public final class PairedBootstrap {
    private static final double TAIL = 0.025;

    /**
     * A comparison.
     *
     * @param difference second minus first on the examples and seeds as they are
     * @param low lower end of the 95 % interval
     * @param high upper end
     * @param resamples number of resamples
     */
    public record Comparison(double difference, double low, double high, int resamples) {
        /** True if 0 lies outside the interval. */
        public boolean distinguishable() {
            return low > 0 || high < 0;
        }
    }

    /** One model's number: as it is, and in each resample. */
    public static final class Moved {
        private final double value;
        private final double[] resampled;
        private final List<String> questions;

        private Moved(double value, double[] resampled, List<String> questions) {
            this.value = value;
            this.resampled = resampled;
            this.questions = questions;
        }

        /** The mean over the seeds, on the examples as they are. */
        public double value() {
            return value;
        }

        /** This number against another's. @throws IllegalArgumentException if the two do not answer the same questions */
        public Comparison minus(Moved base) {
            if (!questions.equals(base.questions))
                throw new IllegalArgumentException("the models answered other questions (" + base.questions.size() + " and " + questions.size() + "): they cannot be compared in pairs");
            int n = resampled.length;
            double[] differences = new double[n];
            for (int r = 0; r < n; r++) differences[r] = resampled[r] - base.resampled[r];
            Arrays.sort(differences);
            return new Comparison(value - base.value, differences[(int) (TAIL * n)], differences[Math.min(n - 1, (int) ((1 - TAIL) * n))], n);
        }
    }

    private final Metric metric;
    private final String number;
    private final int resamples;
    private final long seed;

    /**
     * A bootstrap of one number.
     *
     * @param metric what judges
     * @param number which of its numbers
     * @param resamples how many, at least 1
     * @param seed the same seed draws the same examples
     */
    public PairedBootstrap(Metric metric, String number, int resamples, long seed) {
        if (resamples < 1) throw new IllegalArgumentException("needs at least one resample, not " + resamples);
        this.metric = metric;
        this.number = number;
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * The number of one model.
     *
     * @param answers by the seed of the training, at least one; all to the same questions in the same order
     * @throws IllegalArgumentException if they are not, or the metric does not give the number
     */
    public Moved of(SortedMap<Long, Predictions> answers) {
        List<Predictions> seeds = List.copyOf(answers.values());
        List<String> questions = questions(seeds.get(0));
        for (Predictions p : seeds) if (!questions(p).equals(questions)) throw new IllegalArgumentException("the seeds " + answers.keySet() + " did not answer the same questions");
        List<int[]> examples = List.copyOf(examples(seeds.get(0)));
        RandomGenerator items = new SplittableRandom(seed);
        RandomGenerator draws = new SplittableRandom(seed + 31L * List.copyOf(answers.keySet()).hashCode() + 1);
        double[] resampled = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            int[] drawn = drawn(examples, items);
            double[] known = new double[seeds.size()];
            Arrays.fill(known, Double.NaN);
            for (int s = 0; s < seeds.size(); s++) {
                int k = seeds.size() == 1 ? 0 : draws.nextInt(seeds.size());
                if (Double.isNaN(known[k])) known[k] = number(picked(seeds.get(k), drawn));
                resampled[r] += known[k] / seeds.size();
            }
        }
        return new Moved(seeds.stream().mapToDouble(this::number).sum() / seeds.size(), resampled, questions);
    }

    private static List<String> questions(Predictions predictions) {
        return predictions.items().stream().map(p -> p.example() + "\n" + p.pair()).toList();
    }

    /** For each example the places of its pairs. */
    private static Collection<int[]> examples(Predictions predictions) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < predictions.items().size(); i++) places.computeIfAbsent(predictions.items().get(i).example(), e -> new ArrayList<>()).add(i);
        return places.values().stream().map(p -> p.stream().mapToInt(Integer::intValue).toArray()).toList();
    }

    private static int[] drawn(List<int[]> examples, RandomGenerator random) {
        int[][] drawn = new int[examples.size()][];
        int size = 0;
        for (int i = 0; i < drawn.length; i++) size += (drawn[i] = examples.get(random.nextInt(drawn.length))).length;
        int[] places = new int[size];
        int at = 0;
        for (int[] example : drawn) for (int place : example) places[at++] = place;
        return places;
    }

    private static Predictions picked(Predictions from, int[] places) {
        List<Prediction> items = new ArrayList<>(places.length);
        for (int place : places) items.add(from.items().get(place));
        return new Predictions(from.labels(), from.negative(), items);
    }

    private double number(Predictions predictions) {
        Map<String, Double> numbers = metric.of(predictions);
        Double found = numbers.get(number);
        if (found == null) throw new IllegalArgumentException("the metric gives no '" + number + "'; it gives: " + String.join(", ", numbers.keySet()));
        return found;
    }
}
