package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import relata.api.learn.Engine;
import relata.api.learn.Similarity;

/**
 * What holds for every symmetric similarity of vectors. Extend it, name the provider, and write the formula for two vectors in {@link #reference}.
 *
 * @param <C> the record of its settings
 */
public abstract class SimilarityContract<C extends Record> implements ProviderContract<Similarity, C> {
    private static final int WIDTH = 5;
    private static final double STEP = 1e-2;

    private final Engine engine = TestEngine.engine();

    /** Similarities, and the gradients of a weighted sum of them with respect to both arguments. */
    private record Outcome(double[][] values, double[][] anchors, double[][] candidates) {}

    /** The similarity of two vectors in double precision; nothing if there is no reference. */
    protected OptionalDouble reference(C config, double[] anchor, double[] candidate) {
        return OptionalDouble.empty();
    }

    @Test
    void hasARowAnAnchorAndAColumnACandidate() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                NDArray s = part().between(array(manager, vectors(3)), array(manager, vectors(4)));
                assertEquals(new Shape(3, 4), s.getShape(), "similarities are (A, C): a row for each anchor, a column for each candidate");
                assertEquals(DataType.FLOAT32, s.getDataType(), "similarities must be float32");
                return s;
            }
        });
    }

    @Test
    void isLargerForNearerVectors() {
        double[][] turned = new double[7][2];
        for (int i = 0; i < turned.length; i++) turned[i] = new double[] {Math.cos(0.45 * i), Math.sin(0.45 * i)};
        double[] row = run(new double[][] {turned[0]}, turned).values[0];
        for (int i = 1; i < row.length; i++)
            assertTrue(row[i] < row[i - 1], "similarity must fall while a vector of length 1 turns away, but was " + Arrays.toString(row));
    }

    @Test
    void isSymmetric() {
        each(vectors(3), vectors(4), (a, c) -> {
            double[][] there = run(a, c).values;
            double[][] back = run(c, a).values;
            for (int i = 0; i < a.length; i++) for (int j = 0; j < c.length; j++) assertEquals(there[i][j], back[j][i], 1e-5, "a similarity must be the same the other way round");
        });
    }

    @Test
    void seesOnlyTheTwoVectors() {
        each(vectors(3), vectors(4), (a, c) -> {
            double[][] all = run(a, c).values;
            for (int i = 0; i < a.length; i++)
                for (int j = 0; j < c.length; j++)
                    assertEquals(all[i][j], run(new double[][] {a[i]}, new double[][] {c[j]}).values[0][0], 1e-5, "two vectors must be as similar alone as among others");
        });
    }

    @Test
    void isFiniteOnHardCases() {
        double[][] c = vectors(3);
        double[][] hard = {new double[WIDTH], c[0], scaled(c[1], 1e4), scaled(c[2], 1e-6), scaled(c[2], -1)};
        for (double[][] candidates : new double[][][] {c, hard})
            each(hard, candidates, (a, b) -> {
                Outcome outcome = run(a, b);
                for (double[][] matrix : new double[][][] {outcome.values, outcome.anchors, outcome.candidates})
                    for (double[] row : matrix) for (double x : row) assertTrue(Double.isFinite(x), () -> "similarities and their gradients must be finite, but there is " + Arrays.deepToString(matrix));
            });
    }

    @Test
    void itsGradientIsThatOfItsValue() {
        each(vectors(2), vectors(3), (a, c) -> {
            Outcome outcome = run(a, c);
            for (int i = 0; i < a.length; i++)
                for (int k = 0; k < WIDTH; k++) assertEquals((total(moved(a, i, k, STEP), c) - total(moved(a, i, k, -STEP), c)) / (2 * STEP), outcome.anchors[i][k], 2e-3, "gradient of an anchor");
            for (int i = 0; i < c.length; i++)
                for (int k = 0; k < WIDTH; k++) assertEquals((total(a, moved(c, i, k, STEP)) - total(a, moved(c, i, k, -STEP))) / (2 * STEP), outcome.candidates[i][k], 2e-3, "gradient of a candidate");
        });
    }

    @Test
    void leavesItsInputsAloneAndNothingBehind() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Similarity similarity = part();
                for (int i = 0; i < 3; i++) {
                    try (NDManager step = manager.newSubManager()) {
                        NDArray a = array(step, vectors(3));
                        NDArray c = array(step, vectors(4));
                        similarity.between(a, c);
                        assertFalse(a.isReleased() || c.isReleased(), "a similarity must not close its inputs");
                        assertArrayEquals(PlainContrast.flat(vectors(3)), a.toFloatArray(), "a similarity must not change its inputs");
                        assertArrayEquals(PlainContrast.flat(vectors(4)), c.toFloatArray(), "a similarity must not change its inputs");
                    }
                    assertEquals(0, manager.getManagedArrays().size(), "arrays that outlive the step");
                }
                return manager;
            }
        });
    }

    @Test
    void agreesWithTheReference() {
        C config = Settings.of(provider().configType(), settings(), parts());
        Assumptions.assumeTrue(reference(config, vectors(1)[0], vectors(1)[0]).isPresent(), "no reference by plain loops was given");
        each(vectors(6), vectors(9), (a, c) -> {
            double[][] values = run(a, c).values;
            for (int i = 0; i < a.length; i++) for (int j = 0; j < c.length; j++) assertEquals(reference(config, a[i], c[j]).orElseThrow(), values[i][j], 1e-5, "against the reference");
        });
    }

    private Outcome run(double[][] a, double[][] c) {
        return Calls.on(engine, () -> {
            try (NDManager manager = engine.newManager(); Engine.Tape tape = engine.record()) {
                NDArray anchors = array(manager, a);
                NDArray candidates = array(manager, c);
                anchors.setRequiresGradient(true);
                candidates.setRequiresGradient(true);
                NDArray s = part().between(anchors, candidates);
                tape.backward(s.mul(manager.create(ramp(a.length * c.length), s.getShape())).sum());
                try (NDArray ga = anchors.getGradient(); NDArray gc = candidates.getGradient()) {
                    return new Outcome(rows(s, c.length), rows(ga, a[0].length), rows(gc, c[0].length));
                }
            }
        });
    }

    private interface Check {
        void of(double[][] anchors, double[][] candidates);
    }

    /** Anchors and candidates; a failure is told by as few of both as show it. */
    private static void each(double[][] anchors, double[][] candidates, Check check) {
        new Smallest<List<double[][]>>(
                pair -> Stream.concat(
                        Smallest.parts(List.of(pair.get(0)), 1).stream().map(some -> List.of(some.toArray(double[][]::new), pair.get(1))),
                        Smallest.parts(List.of(pair.get(1)), 1).stream().map(some -> List.of(pair.get(0), some.toArray(double[][]::new)))).toList(),
                pair -> "anchors " + Arrays.deepToString(pair.get(0)) + ", candidates " + Arrays.deepToString(pair.get(1)))
                        .one(List.of(anchors, candidates), pair -> check.of(pair.get(0), pair.get(1)));
    }

    /** What {@link #run} takes the gradient of. */
    private double total(double[][] a, double[][] c) {
        double[] s = Arrays.stream(run(a, c).values).flatMapToDouble(Arrays::stream).toArray();
        float[] weights = ramp(s.length);
        double total = 0;
        for (int i = 0; i < s.length; i++) total += weights[i] * s[i];
        return total;
    }

    // weights that differ, so that no two pairs can be mixed up
    private static float[] ramp(int n) {
        float[] ramp = new float[n];
        for (int i = 0; i < n; i++) ramp[i] = 0.5f + (float) i / n;
        return ramp;
    }

    private static NDArray array(NDManager manager, double[][] rows) {
        return manager.create(PlainContrast.flat(rows), new Shape(rows.length, rows[0].length));
    }

    private static double[][] rows(NDArray array, int columns) {
        float[] numbers = array.toFloatArray();
        double[][] rows = new double[numbers.length / columns][columns];
        for (int k = 0; k < numbers.length; k++) rows[k / columns][k % columns] = numbers[k];
        return rows;
    }

    private static double[][] vectors(int n) {
        Random random = new Random(n);
        double[][] vectors = new double[n][WIDTH];
        for (double[] v : vectors) for (int k = 0; k < WIDTH; k++) v[k] = (float) random.nextGaussian();
        return vectors;
    }

    private static double[] scaled(double[] vector, double by) {
        return Arrays.stream(vector).map(x -> by * x).toArray();
    }

    private static double[][] moved(double[][] vectors, int row, int column, double by) {
        double[][] moved = Arrays.stream(vectors).map(double[]::clone).toArray(double[][]::new);
        moved[row][column] += by;
        return moved;
    }
}
