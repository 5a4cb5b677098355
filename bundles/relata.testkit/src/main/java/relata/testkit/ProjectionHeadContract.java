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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import relata.api.learn.Allocator;
import relata.api.learn.Engine;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;

/**
 * What holds for every projection head: each row is mapped by itself, and what is learnt is named, drawn from the allocator and reached by gradients.
 * Extend it and name the provider.
 *
 * @param <C> the record of its settings
 */
public abstract class ProjectionHeadContract<C extends Record> implements ProviderContract<ProjectionHead, C> {
    private static final int WIDTH = 5;
    private static final double STEP = 1e-2;

    private final Engine engine = TestEngine.engine();

    @Test
    void givesARowForEachRow() {
        rows().all(List.of(vectors(1), vectors(2), vectors(7)), x -> with((head, manager) -> {
            NDArray out = head.project(array(manager, x), new Step(engine, manager, false));
            long width = head.project(array(manager, vectors(3)), new Step(engine, manager, false)).getShape().get(1);
            assertEquals(new Shape(x.length, width), out.getShape(), "a head maps (R, D) to (R, P), P the same for every R");
            assertEquals(DataType.FLOAT32, out.getDataType(), "projected vectors must be float32: a Java double (0.5 in place of 0.5f) makes them float64");
        }));
    }

    @Test
    void seesEachRowByItself() {
        rows().one(vectors(4), x -> {
            double[][] together = run(x).values;
            for (int i = 0; i < x.length; i++)
                assertArrayEquals(run(new double[][] {x[i]}).values[0], together[i], 1e-5, "outside training a row must be mapped alike alone and among others; row " + i);
        });
    }

    @Test
    void isFiniteOnHardCases() {
        double[][] x = vectors(3);
        rows().one(new double[][] {new double[WIDTH], x[0], times(x[1], 1e4), times(x[2], 1e-6), times(x[2], -1)}, hard -> {
            Outcome outcome = run(hard);
            for (double[] row : outcome.values) for (double v : row) assertTrue(Double.isFinite(v), () -> "projected vectors must be finite, but are " + Arrays.deepToString(outcome.values));
            outcome.gradients.forEach((of, gradient) -> {
                for (float g : gradient) assertTrue(Float.isFinite(g), () -> "gradients must be finite, but that of " + of + " holds " + g);
            });
        });
    }

    @Test
    void itsParametersHaveNames() {
        with((head, manager) -> head.parameters().all().forEach((name, p) -> {
            assertTrue(name.startsWith("projection."), () -> "names of a head's parameters begin with 'projection.', but one is '" + name + "'");
            assertEquals(DataType.FLOAT32, p.getDataType(), () -> "parameter " + name + " must be float32");
        }));
    }

    @Test
    void itsParametersComeFromTheAllocator() {
        Map<String, float[]> first = parameters(1), again = parameters(1), other = parameters(2);
        assertEquals(List.copyOf(first.keySet()), List.copyOf(again.keySet()), "heads of equal settings must have the same parameters in the same order");
        assertEquals(List.copyOf(first.keySet()), List.copyOf(other.keySet()), "which parameters there are must not depend on chance");
        first.forEach((name, numbers) -> assertArrayEquals(numbers, again.get(name), "the same generator must give the same parameter " + name + ": draw it from the allocator"));
    }

    @Test
    void allItsParametersLearn() {
        // many rows, so that a ReLU is open for some
        run(vectors(40)).gradients.forEach((of, gradient) -> {
            boolean some = false;
            for (float g : gradient) some |= g != 0;
            assertTrue(some, () -> "what is computed must depend on " + of + " and let its gradient through, but it gets none");
        });
    }

    @Test
    void itsGradientIsThatOfItsValue() {
        rows().one(vectors(3), x -> {
            float[] gradient = run(x).gradients.get("the vectors");
            double largest = 0.1;
            for (float g : gradient) largest = Math.max(largest, Math.abs(g));
            for (int i = 0; i < x.length; i++)
                for (int k = 0; k < WIDTH; k++) {
                    double slope = slope(x, i, k, STEP);
                    // where a kink, as of a ReLU, is within the step, a smaller one tells
                    if (Math.abs(slope - gradient[i * WIDTH + k]) > 0.02 * largest) slope = slope(x, i, k, STEP / 8);
                    assertEquals(slope, gradient[i * WIDTH + k], 0.02 * largest, "gradient of row " + i + " at " + k + ", against the difference of two values");
                }
        });
    }

    @Test
    void isTheSameEachTime() {
        with((head, manager) -> {
            for (boolean training : new boolean[] {false, true}) {
                engine.seed(3);
                float[] first = head.project(array(manager, vectors(4)), new Step(engine, manager, training)).toFloatArray();
                if (training) engine.seed(3);
                assertArrayEquals(first, head.project(array(manager, vectors(4)), new Step(engine, manager, training)).toFloatArray(),
                        training ? "in training all chance of a head comes from the engine's seed" : "outside training a head must not depend on chance or on what was before");
            }
        });
    }

    @Test
    void leavesItsInputsAloneAndNothingBehind() {
        with((head, manager) -> {
            int before = manager.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                try (NDManager step = manager.newSubManager()) {
                    NDArray x = array(step, vectors(3));
                    head.project(x, new Step(engine, step, true));
                    assertFalse(x.isReleased(), "a head must not close what it is given");
                    assertArrayEquals(PlainContrast.flat(vectors(3)), x.toFloatArray(), "a head must not change what it is given");
                }
                assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step; all must belong to the step's manager");
            }
            head.parameters().all().forEach((name, p) -> assertFalse(p.isReleased(), "parameter " + name + " must outlive the step"));
        });
    }

    /** Projected vectors, and gradients of a weighted sum of them with respect to the vectors and to each parameter. */
    private record Outcome(double[][] values, Map<String, float[]> gradients) {}

    private Outcome run(double[][] x) {
        Outcome[] outcome = new Outcome[1];
        with((head, manager) -> {
            try (Engine.Tape tape = engine.record()) {
                NDArray vectors = array(manager, x);
                vectors.setRequiresGradient(true);
                NDArray out = head.project(vectors, new Step(engine, manager, false));
                tape.backward(out.mul(manager.create(ramp(out.size()), out.getShape())).sum());
                Map<String, float[]> gradients = new LinkedHashMap<>();
                gradients.put("the vectors", Slopes.gradient(vectors));
                head.parameters().all().forEach((name, p) -> gradients.put("parameter " + name, Slopes.gradient(p)));
                float[] numbers = out.toFloatArray();
                int width = numbers.length / x.length;
                double[][] values = new double[x.length][width];
                for (int k = 0; k < numbers.length; k++) values[k / width][k % width] = numbers[k];
                outcome[0] = new Outcome(values, gradients);
            }
        });
        return outcome[0];
    }

    private double slope(double[][] x, int row, int column, double step) {
        double[] totals = new double[2];
        for (int side = 0; side < 2; side++) {
            double[][] moved = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
            moved[row][column] += side == 0 ? step : -step;
            double[] values = Arrays.stream(run(moved).values).flatMapToDouble(Arrays::stream).toArray();
            float[] weights = ramp(values.length);
            for (int i = 0; i < values.length; i++) totals[side] += weights[i] * values[i];
        }
        return (totals[0] - totals[1]) / (2 * step);
    }

    // weights that differ, so that no two numbers can be mixed up
    private static float[] ramp(long n) {
        float[] ramp = new float[Math.toIntExact(n)];
        for (int i = 0; i < n; i++) ramp[i] = 0.5f + (float) i / n;
        return ramp;
    }

    private Map<String, float[]> parameters(long seed) {
        Map<String, float[]> numbers = new LinkedHashMap<>();
        open(seed, (head, manager) -> head.parameters().all().forEach((name, p) -> numbers.put(name, p.toFloatArray())));
        return numbers;
    }

    private interface Work {
        void with(ProjectionHead.Projection head, NDManager manager) throws Exception;
    }

    private void with(Work work) {
        open(1, work);
    }

    private void open(long seed, Work work) {
        Calls.on(engine, () -> {
            try (NDManager manager = engine.newManager()) {
                work.with(part().open(WIDTH, new Allocator(manager, new SplittableRandom(seed))), manager);
                return seed;
            }
        });
    }

    private static Smallest<double[][]> rows() {
        return new Smallest<>(x -> Smallest.parts(List.of(x), 1).stream().map(part -> part.toArray(double[][]::new)).toList(), Arrays::deepToString);
    }

    private static NDArray array(NDManager manager, double[][] rows) {
        return manager.create(PlainContrast.flat(rows), new Shape(rows.length, WIDTH));
    }

    private static double[][] vectors(int n) {
        Random random = new Random(n);
        double[][] vectors = new double[n][WIDTH];
        for (double[] v : vectors) for (int k = 0; k < WIDTH; k++) v[k] = (float) random.nextGaussian();
        return vectors;
    }

    private static double[] times(double[] vector, double by) {
        return Arrays.stream(vector).map(v -> by * v).toArray();
    }
}
