package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;

/**
 * What holds for every classifier. Extend it and name the provider.
 *
 * @param <C> the record of its settings
 */
public abstract class ClassifierContract<C extends Record> implements ProviderContract<Classifier, C> {
    private static final int WIDTH = 6;

    /** How far scores may differ where only rounding differs, as a share of the larger. */
    protected double tolerance() {
        return 1e-4;
    }

    /** Vectors and their labels. */
    private record Data(float[][] rows, List<String> labels) {
        Fitted fit(Classifier classifier) {
            return classifier.fit(new Embeddings(rows), labels, new SplittableRandom(1));
        }
    }

    private static final Smallest<Data> SMALLEST = new Smallest<>(
            data -> Smallest.parts(IntStream.range(0, data.rows.length).boxed().toList(), 1).stream()
                    .map(some -> new Data(some.stream().map(i -> data.rows[i]).toArray(float[][]::new), some.stream().map(data.labels::get).toList())).toList(),
            data -> Arrays.deepToString(data.rows) + " with the labels " + data.labels);

    @Test
    void itsLabelsAreThoseOfTheDataSorted() {
        for (Data all : cases().values()) SMALLEST.one(all, data -> assertEquals(List.copyOf(new TreeSet<>(data.labels)), data.fit(part()).labels(), "labels() must be the labels that occur, sorted"));
    }

    @Test
    void givesAFiniteScoreForEachLabel() {
        cases().forEach((name, all) -> SMALLEST.one(all, data -> {
            Fitted fitted = data.fit(part());
            List<float[]> asked = new ArrayList<>(List.of(data.rows));
            asked.add(new float[data.rows[0].length]);
            for (float scale : new float[] {1e-6f, 1e6f}) asked.add(scaled(data.rows[0], scale));
            for (float[] vector : asked) {
                double[] scores = fitted.score(vector);
                assertEquals(fitted.labels().size(), scores.length, name + ": a score for each label");
                for (double s : scores) assertTrue(Double.isFinite(s), () -> name + ": scores must be finite, but are " + Arrays.toString(scores) + " for " + Arrays.toString(vector));
            }
        }));
    }

    @Test
    void tellsApartWhatLiesApart() {
        Data train = clouds(1, 12, "b", "a", "c");
        Data test = clouds(2, 10, "b", "a", "c");
        Fitted fitted = train.fit(part());
        for (int i = 0; i < test.rows.length; i++) assertEquals(test.labels.get(i), best(fitted, test.rows[i]), "larger must be likelier: vector " + Arrays.toString(test.rows[i]));
    }

    @Test
    void scoresBelongToLabelsNotToPlaces() {
        Data data = clouds(1, 8, "a", "b", "c");
        Map<String, String> names = Map.of("a", "z", "b", "y", "c", "x");
        Data renamed = new Data(data.rows, data.labels.stream().map(names::get).toList());
        Fitted one = data.fit(part());
        Fitted two = renamed.fit(part());
        for (float[] vector : clouds(3, 4, "a", "b", "c").rows)
            for (String label : one.labels())
                close(score(one, vector, label), score(two, vector, names.get(label)), "the score of a label under another name");
    }

    @Test
    void doesNotDependOnTheOrderOfTheData() {
        Data data = clouds(1, 8, "a", "b", "c");
        List<Integer> order = new ArrayList<>(IntStream.range(0, data.rows.length).boxed().toList());
        Collections.shuffle(order, new Random(1));
        Data mixed = new Data(order.stream().map(i -> data.rows[i]).toArray(float[][]::new), order.stream().map(data.labels::get).toList());
        Fitted one = data.fit(part());
        Fitted two = mixed.fit(part());
        for (float[] vector : clouds(3, 4, "a", "b", "c").rows)
            for (String label : one.labels()) close(score(one, vector, label), score(two, vector, label), "a score after another order of the training vectors");
    }

    @Test
    void givesTheSameAgain() {
        Data data = clouds(1, 8, "a", "b", "c");
        float[] vector = clouds(3, 1, "a").rows[0];
        Classifier classifier = part();
        Fitted fitted = data.fit(classifier);
        double[] scores = fitted.score(vector).clone();
        assertArrayEquals(scores, fitted.score(vector), "the same question must get the same answer");
        clouds(7, 3, "q", "r").fit(classifier);
        assertArrayEquals(scores, fitted.score(vector), "what was fitted must not change when the classifier is fitted again");
        assertArrayEquals(scores, data.fit(part()).score(vector), "the same generator state must give the same scores");
    }

    @Test
    void leavesItsInputAlone() {
        Data data = clouds(1, 5, "a", "b");
        float[][] before = Arrays.stream(data.rows).map(float[]::clone).toArray(float[][]::new);
        Fitted fitted = data.fit(part());
        float[] vector = {1, 2, 3, 4, 5, 6};
        fitted.score(vector)[0] = 1e9;
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, vector, "the vector asked about was changed");
        for (int i = 0; i < before.length; i++) assertArrayEquals(before[i], data.rows[i], "a training vector was changed");
        assertTrue(fitted.score(vector)[0] < 1e8, "the scores given out must not be its own array");
    }

    @Test
    void servesSeveralThreads() {
        Fitted fitted = clouds(1, 20, "a", "b", "c").fit(part());
        float[][] asked = clouds(5, 60, "a", "b", "c").rows;
        List<double[]> alone = Arrays.stream(asked).map(v -> fitted.score(v).clone()).toList();
        List<double[]> together = Arrays.stream(asked).parallel().map(fitted::score).toList();
        for (int i = 0; i < asked.length; i++) assertArrayEquals(alone.get(i), together.get(i), "scores on several threads at once");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Data data = clouds(1, 5, "a", "b");
        assertThrows(IllegalArgumentException.class, () -> new Data(new float[0][], List.of()).fit(part()), "no vectors");
        assertThrows(IllegalArgumentException.class, () -> new Data(data.rows, data.labels.subList(1, data.labels.size())).fit(part()), "fewer labels than vectors");
        assertThrows(IllegalArgumentException.class, () -> data.fit(part()).score(new float[WIDTH + 1]), "a vector of another width");
        float[][] broken = Arrays.stream(data.rows).map(float[]::clone).toArray(float[][]::new);
        broken[2][1] = Float.NaN;
        assertThrows(IllegalArgumentException.class, () -> new Data(broken, data.labels).fit(part()), "a vector with NaN");
    }

    private static Map<String, Data> cases() {
        Map<String, Data> cases = new LinkedHashMap<>();
        cases.put("three clouds", clouds(1, 6, "c", "a", "b"));
        cases.put("one label", clouds(1, 6, "a"));
        cases.put("one vector", clouds(1, 1, "a"));
        cases.put("a vector each", clouds(1, 1, "d", "a", "c", "b"));
        cases.put("a zero vector", new Data(new float[][] {{0, 0, 0}, {1, 2, 3}, {-1, 0, 1}}, List.of("b", "a", "b")));
        cases.put("equal vectors", new Data(new float[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}}, List.of("b", "a", "b", "c")));
        cases.put("a dimension that never changes", new Data(new float[][] {{1, 7}, {2, 7}, {8, 7}, {9, 7}}, List.of("a", "a", "b", "b")));
        cases.put("large numbers", new Data(new float[][] {{1e6f, 1}, {-1e6f, 2}, {2e6f, 3}}, List.of("a", "b", "a")));
        cases.put("small numbers", new Data(new float[][] {{1e-8f, 0}, {-1e-8f, 0}, {2e-8f, 0}}, List.of("a", "b", "a")));
        return cases;
    }

    /** So many vectors near a point of each label, points far apart in direction and place; the labels take turns. */
    private static Data clouds(long seed, int each, String... labels) {
        Random random = new Random(seed);
        List<float[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int n = 0; n < each; n++)
            for (String label : labels) {
                float[] row = new float[WIDTH];
                for (int i = 0; i < WIDTH; i++) row[i] = (float) (0.5 * random.nextGaussian() + (i == label.charAt(0) % WIDTH ? 4 : 0));
                rows.add(row);
                names.add(label);
            }
        return new Data(rows.toArray(float[][]::new), names);
    }

    private static float[] scaled(float[] vector, float factor) {
        float[] scaled = vector.clone();
        for (int i = 0; i < scaled.length; i++) scaled[i] *= factor;
        return scaled;
    }

    private static double score(Fitted fitted, float[] vector, String label) {
        return fitted.score(vector)[fitted.labels().indexOf(label)];
    }

    private static String best(Fitted fitted, float[] vector) {
        double[] scores = fitted.score(vector);
        int best = 0;
        for (int i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
        return fitted.labels().get(best);
    }

    private void close(double expected, double found, String what) {
        double limit = tolerance() * Math.max(1, Math.max(Math.abs(expected), Math.abs(found)));
        assertEquals(expected, found, limit, what);
    }
}
