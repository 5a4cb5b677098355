package relata.classify.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;
import relata.testkit.ClassifierContract;
import relata.testkit.TestParts;

class ClassifiersTest {
    abstract static class KnnContract extends ClassifierContract<NearestNeighbours.Config> {
        @Override
        public NearestNeighbours provider() {
            return new NearestNeighbours();
        }
    }

    @Nested
    class UniformTest extends KnnContract {}

    @Nested
    class SimilarityTest extends KnnContract {
        @Override
        public Map<String, ?> settings() {
            return Map.of("weights", "similarity", "distance", "euclidean", "k", 3);
        }
    }

    @Nested
    class SoftmaxWeightsTest extends KnnContract {
        @Override
        public Map<String, ?> settings() {
            return Map.of("weights", "softmax", "distance", "euclidean", "temperature", 0.01, "k", 1000);
        }
    }

    @Nested
    class CosineCentroidTest extends ClassifierContract<NearestCentroid.Config> {
        @Override
        public NearestCentroid provider() {
            return new NearestCentroid();
        }
    }

    @Nested
    class EuclideanCentroidTest extends ClassifierContract<NearestCentroid.Config> {
        @Override
        public NearestCentroid provider() {
            return new NearestCentroid();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("distance", "euclidean");
        }
    }

    @Nested
    class DotCentroidTest extends ClassifierContract<NearestCentroid.Config> {
        @Override
        public NearestCentroid provider() {
            return new NearestCentroid();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("distance", "dot");
        }
    }

    @Nested
    class DotKnnTest extends KnnContract {
        @Override
        public Map<String, ?> settings() {
            return Map.of("weights", "softmax", "distance", "dot", "k", 3);
        }
    }

    @Nested
    class SoftmaxTest extends ClassifierContract<Softmax.Config> {
        @Override
        public Softmax provider() {
            return new Softmax();
        }
    }

    @Nested
    class PlainSoftmaxTest extends ClassifierContract<Softmax.Config> {
        @Override
        public Softmax provider() {
            return new Softmax();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("standardise", false, "l2", 0.01);
        }
    }

    private static final int WIDTH = 5;

    private static float[][] random(int n, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[n][WIDTH];
        for (float[] row : rows) for (int i = 0; i < WIDTH; i++) row[i] = (float) random.nextGaussian();
        return rows;
    }

    private static List<String> labels(int n, long seed, String... of) {
        Random random = new Random(seed);
        List<String> labels = new ArrayList<>(List.of(of));
        while (labels.size() < n) labels.add(of[random.nextInt(of.length)]);
        return labels;
    }

    private static Fitted fit(ComponentProvider<Classifier, ?> provider, Map<String, ?> settings, float[][] rows, List<String> labels) {
        return TestParts.of().create(provider, settings).fit(new Embeddings(rows), labels, new SplittableRandom(1));
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            x += a[i] * a[i];
            y += b[i] * b[i];
        }
        return dot / Math.sqrt(x) / Math.sqrt(y);
    }

    private static double dot(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) dot += a[i] * b[i];
        return dot;
    }

    private static double euclidean(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum);
    }

    @Test
    void neighboursVoteAsInPlainLoops() {
        float[][] rows = random(60, 1);
        List<String> labels = labels(60, 2, "a", "b", "c");
        for (String distance : List.of("cosine", "euclidean"))
            for (String weights : List.of("uniform", "similarity", "softmax"))
                for (int k : new int[] {1, 4, 60, 100}) {
                    Fitted fitted = fit(new NearestNeighbours(), Map.of("k", k, "distance", distance, "weights", weights, "temperature", 0.3), rows, labels);
                    for (float[] asked : random(10, 3)) {
                        double[] d = Arrays.stream(rows).mapToDouble(r -> distance.equals("cosine") ? 1 - cosine(r, asked) : euclidean(r, asked)).toArray();
                        List<Integer> order = IntStream.range(0, 60).boxed().sorted(Comparator.comparing(i -> d[i])).limit(k).toList();
                        double[] votes = new double[3];
                        for (int i : order) votes["abc".indexOf(labels.get(i))] += weights.equals("uniform") ? 1 : weights.equals("similarity") ? 1 / (1 + d[i]) : Math.exp(-d[i] / 0.3);
                        double sum = Arrays.stream(votes).sum();
                        assertArrayEquals(Arrays.stream(votes).map(v -> v / sum).toArray(), fitted.score(asked), 1e-5, distance + " " + weights + " " + k);
                    }
                }
    }

    @Test
    void tiesGoToTheNearer() {
        float[][] rows = {{1, 0}, {2, 0}, {3, 0}, {4, 0}};
        Fitted fitted = fit(new NearestNeighbours(), Map.of("k", 4, "distance", "euclidean"), rows, List.of("b", "a", "a", "b"));
        double[] scores = fitted.score(new float[] {0, 0});
        assertTrue(scores[1] > scores[0], Arrays.toString(scores));
        assertEquals(0.5, scores[1], 1e-6);
        assertArrayEquals(new double[] {0, 1}, fit(new NearestNeighbours(), Map.of("k", 1, "distance", "euclidean"), new float[][] {{1, 0}, {1, 0}}, List.of("b", "a")).score(new float[] {1, 0}), 0,
                "of two at the same place the earlier");
    }

    @Test
    void votesByADistanceBelowZeroAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new NearestNeighbours.Config(3, Distance.DOT, NearestNeighbours.Weights.SIMILARITY, 0.1));
    }

    @Test
    void centroidsAreMeans() {
        float[][] rows = random(30, 4);
        List<String> labels = labels(30, 5, "a", "b", "c");
        for (String distance : List.of("cosine", "euclidean", "dot")) {
            Fitted fitted = fit(new NearestCentroid(), Map.of("distance", distance), rows, labels);
            float[][] means = new float[3][WIDTH];
            for (int r = 0; r < 30; r++) {
                double length = distance.equals("cosine") ? euclidean(rows[r], new float[WIDTH]) : 1;
                for (int i = 0; i < WIDTH; i++) means["abc".indexOf(labels.get(r))][i] += (float) (rows[r][i] / length);
            }
            for (int c = 0; c < 3; c++) {
                String label = "abc".substring(c, c + 1);
                for (int i = 0; i < WIDTH; i++) means[c][i] /= labels.stream().filter(label::equals).count();
            }
            for (float[] asked : random(5, 6))
                for (int c = 0; c < 3; c++) {
                    double expected = distance.equals("cosine") ? cosine(means[c], asked) - 1 : distance.equals("dot") ? dot(means[c], asked) : -euclidean(means[c], asked);
                    assertEquals(expected, fitted.score(asked)[c], 1e-5, distance);
                }
        }
    }

    @Test
    void crossEntropyHasTheGradientThatItSays() {
        double[][] rows = Arrays.stream(random(300, 7)).map(r -> IntStream.range(0, WIDTH).mapToDouble(i -> r[i]).toArray()).toArray(double[][]::new);
        int[] classes = new Random(8).ints(300, 0, 3).toArray();
        CrossEntropy objective = new CrossEntropy(rows, classes, 3, 0.1);
        double[] weights = new Random(9).doubles(3 * (WIDTH + 1), -1, 1).toArray();
        double[] gradient = new double[weights.length];
        double value = objective.of(weights, gradient);
        double plain = 0;
        for (int r = 0; r < 300; r++) {
            double[] z = new double[3];
            for (int c = 0; c < 3; c++) {
                z[c] = weights[c * (WIDTH + 1) + WIDTH];
                for (int i = 0; i < WIDTH; i++) z[c] += weights[c * (WIDTH + 1) + i] * rows[r][i];
            }
            plain -= (z[classes[r]] - Math.log(Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]))) / 300;
        }
        for (int i = 0; i < weights.length; i++) if (i % (WIDTH + 1) != WIDTH) plain += 0.05 * weights[i] * weights[i];
        assertEquals(plain, value, 1e-10);
        for (int i = 0; i < weights.length; i++) {
            double[] moved = weights.clone();
            moved[i] += 1e-5;
            double above = objective.of(moved, new double[weights.length]);
            moved[i] -= 2e-5;
            double below = objective.of(moved, new double[weights.length]);
            assertEquals((above - below) / 2e-5, gradient[i], 1e-7, "weight " + i);
        }
    }

    @Test
    void lbfgsReachesTheBottomOfAValley() {
        // Rosenbrock's valley: bottom at (1, 1)
        double[] bottom = Lbfgs.minimise((x, g) -> {
            double a = 1 - x[0];
            double b = x[1] - x[0] * x[0];
            g[0] = -2 * a - 400 * x[0] * b;
            g[1] = 200 * b;
            return a * a + 100 * b * b;
        }, new double[] {-1.2, 1}, 200, 1e-8);
        assertArrayEquals(new double[] {1, 1}, bottom, 1e-6);
    }

    @Test
    void softmaxIsAtItsMinimum() {
        float[][] rows = random(80, 10);
        List<String> labels = labels(80, 11, "a", "b", "c");
        Fitted fitted = fit(new Softmax(), Map.of("standardise", false, "l2", 0.01), rows, labels);
        // at the minimum the mean probability of a label is its share of the data: the gradient of its bias is 0
        for (int c = 0; c < 3; c++) {
            int label = c;
            double mean = Arrays.stream(rows).mapToDouble(r -> fitted.score(r)[label]).average().orElseThrow();
            assertEquals(labels.stream().filter(fitted.labels().get(c)::equals).count() / 80.0, mean, 1e-5);
        }
        assertEquals(1, Arrays.stream(fitted.score(rows[0])).sum(), 1e-12);
    }

    @Test
    void softmaxDoesNotSeeTheScaleOfStandardisedVectors() {
        float[][] rows = random(50, 12);
        float[][] moved = Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
        for (float[] row : moved) for (int i = 0; i < WIDTH; i++) row[i] = 10 * row[i] + i;
        List<String> labels = labels(50, 13, "a", "b");
        Fitted one = fit(new Softmax(), Map.of(), rows, labels);
        Fitted two = fit(new Softmax(), Map.of(), moved, labels);
        for (int i = 0; i < 50; i++) assertArrayEquals(one.score(rows[i]), two.score(moved[i]), 1e-4);
    }

    @Test
    void saysWhatIsWrong() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> fit(new Softmax(), Map.of(), new float[][] {{1}, {Float.NaN}}, List.of("a", "b")));
        assertEquals("vector 1 (label 'b') holds NaN", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> fit(new NearestCentroid(), Map.of(), new float[][] {{1}, {2}}, List.of("a", "b")).score(new float[3]));
        assertEquals("the vector has 3 numbers, but was fitted with 1", e.getMessage());
    }
}
