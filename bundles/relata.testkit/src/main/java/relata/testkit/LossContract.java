package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import relata.api.learn.Contrast;
import relata.api.learn.Engine;
import relata.api.learn.Loss;

/**
 * What holds for every contrastive loss. Extend it, name the provider, and write the formula once more by plain loops in
 * {@link #reference}: the loss is then compared with it in value and gradient.
 *
 * <p>A setting called {@code temperature} is tried at 0.05, 0.1, 0.5 and 1, and at extremes as far as its range allows.
 *
 * @param <C> the record of its settings
 */
public abstract class LossContract<C extends Record> implements ProviderContract<Loss, C> {
    private static final double STEP = 1e-3;

    private static final Smallest<PlainContrast> SMALLEST = Smallest.contrast();

    private final Engine engine = TestEngine.engine();

    /** A loss and its gradient with respect to the similarities, (A, C). */
    private record Outcome(double value, double[][] gradient) {}

    /** The loss by plain loops in double precision; nothing if there is no reference. */
    protected OptionalDouble reference(C config, PlainContrast x) {
        return OptionalDouble.empty();
    }

    /** False if the loss may fall below 0. */
    protected boolean neverNegative() {
        return true;
    }

    @Test
    void isAFloat32Scalar() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                NDArray loss = part().of(LossCases.groups(2, 2).on(manager));
                assertEquals(new Shape(), loss.getShape(), "a loss must have shape ()");
                assertEquals(DataType.FLOAT32, loss.getDataType(), "a loss must be float32: a Java double (0.5 in place of 0.5f) makes it float64");
                return loss;
            }
        });
    }

    @Test
    void isFiniteOnHardCases() {
        List<Executable> checks = new ArrayList<>();
        LossCases.hard().forEach((name, hard) -> temperatures(1e-3, 0.05, 1, 1e3).forEach(with -> checks.add(() -> SMALLEST.one(hard, x -> {
            Outcome outcome = run(part(with), x);
            assertTrue(Double.isFinite(outcome.value), () -> name + ", " + with + ": the loss must be finite, but is " + outcome.value);
            for (double[] row : outcome.gradient)
                for (double g : row) assertTrue(Double.isFinite(g), () -> name + ", " + with + ": the gradient must be finite, but is " + Arrays.deepToString(outcome.gradient));
        }))));
        assertAll(checks);
    }

    @Test
    void isZeroWithZeroGradientWithoutPositives() {
        List<Executable> checks = new ArrayList<>();
        LossCases.withoutPositives().forEach((name, without) -> checks.add(() -> SMALLEST.one(without, x -> {
            Outcome outcome = run(part(), x);
            assertEquals(0, outcome.value, 0, name + ": the loss must be 0");
            assertArrayEquals(new double[x.rows()][x.columns()], positiveZeros(outcome.gradient), name + ": the gradient must be 0");
        })));
        assertAll(checks);
    }

    @Test
    void isNeverNegativeUnlessItSaysSo() {
        Assumptions.assumeTrue(neverNegative(), "may be negative");
        for (Map<String, ?> with : temperatures(0.05, 0.1, 0.5, 1))
            SMALLEST.all(List.of(LossCases.groups(2, 2), LossCases.groups(2, 2, 2).similar(s -> -s), LossCases.groups(2, 2).nearer(LossCases.groups(2, 2).positive(), 3), LossCases.groups(3, 3).repelling(w -> 0)), x -> {
                double value = run(part(with), x).value;
                assertTrue(value >= 0, () -> with + ": the loss is " + value + "; override neverNegative() if that is meant");
            });
    }

    @Test
    void doesNotDependOnTheOrderOfInstances() {
        SMALLEST.one(LossCases.groups(2, 3, 2, 1), x -> {
            int[] order = IntStream.range(0, x.rows()).boxed().sorted(Comparator.comparing(i -> (5 * i + 3) % 8)).mapToInt(i -> i).toArray();
            Outcome before = run(part(), x);
            Outcome after = run(part(), x.permuted(order));
            close(before.value, after.value, 1e-5, "value after another order of the instances");
            for (int i = 0; i < order.length; i++)
                for (int j = 0; j < order.length; j++) close(before.gradient[order[i]][order[j]], after.gradient[i][j], 1e-4, "gradient after another order of the instances");
        });
    }

    @Test
    void fallsWhenPositivesComeNearer() {
        for (Map<String, ?> with : temperatures(0.05, 0.1, 0.5, 1))
            SMALLEST.one(LossCases.groups(2, 2, 3), x -> {
                // with nothing to tell it from, a positive may be as near as it likes
                if (!x.contrasts()) return;
                double far = run(part(with), x).value;
                double near = run(part(with), x.nearer(x.positive(), 0.1)).value;
                assertTrue(near < far, () -> with + ": the loss must fall when positives come nearer, but went from " + far + " to " + near);
            });
    }

    @Test
    void doesNotFallWhenNegativesComeNearer() {
        for (Map<String, ?> with : temperatures(0.05, 0.1, 0.5, 1))
            SMALLEST.one(LossCases.groups(2, 2, 3), x -> {
                double far = run(part(with), x).value;
                double near = run(part(with), x.nearer(x.negative(), 0.1)).value;
                assertTrue(near >= far, () -> with + ": the loss must not fall when negatives come nearer, but went from " + far + " to " + near);
            });
    }

    @Test
    void doesNotSeeWhatHasNoWeight() {
        for (Map<String, ?> with : temperatures(0.1, 1))
            SMALLEST.all(List.of(LossCases.weighted(5, 6), LossCases.groups(2, 2)), x -> {
                double[][] similarity = x.similar(s -> s).similarity();
                for (int i = 0; i < x.rows(); i++)
                    for (int j = 0; j < x.columns(); j++)
                        if (x.anchors()[i] == 0 || x.positive()[i][j] == 0 && x.negative()[i][j] == 0) similarity[i][j] = 0.9 - similarity[i][j];
                PlainContrast other = new PlainContrast(similarity, x.positive(), x.negative(), x.anchors());
                close(run(part(with), x).value, run(part(with), other).value, 1e-5,
                        "the similarity of a pair of weight 0, of an instance and itself, or of an anchor of weight 0 must not matter: value");
            });
    }

    @Test
    void itsGradientIsThatOfItsValue() {
        SMALLEST.all(List.of(LossCases.groups(2, 2, 3), LossCases.weighted(3, 5)), x -> {
            Loss loss = part();
            double[][] gradient = run(loss, x).gradient;
            double largest = Arrays.stream(gradient).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
            for (int i = 0; i < x.rows(); i++)
                for (int j = 0; j < x.columns(); j++) {
                    double slope = (run(loss, x.moved(i, j, STEP)).value - run(loss, x.moved(i, j, -STEP)).value) / (2 * STEP);
                    assertEquals(slope, gradient[i][j], 0.02 * Math.max(0.1, largest), "gradient at [" + i + "][" + j + "], against the difference of two losses");
                }
        });
    }

    @Test
    void leavesItsInputsAlone() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                PlainContrast x = LossCases.weighted(4, 5);
                Contrast contrast = x.on(manager);
                part().of(contrast);
                List<NDArray> after = List.of(contrast.similarity(), contrast.positive(), contrast.negative(), contrast.anchors());
                Contrast before = x.on(manager);
                List<NDArray> expected = List.of(before.similarity(), before.positive(), before.negative(), before.anchors());
                for (int i = 0; i < 4; i++) {
                    assertFalse(after.get(i).isReleased(), "a loss must not close its inputs");
                    assertArrayEquals(expected.get(i).toFloatArray(), after.get(i).toFloatArray(), "a loss must not change its inputs");
                    assertTrue(after.get(i).getManager() == manager, "a loss must not move its inputs to another manager");
                }
                return contrast;
            }
        });
    }

    @Test
    void leavesNothingBehind() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Loss loss = part();
                for (int i = 0; i < 3; i++) {
                    try (NDManager step = manager.newSubManager()) {
                        loss.of(LossCases.groups(2, 3).on(step));
                    }
                    assertEquals(0, manager.getManagedArrays().size(), "arrays that outlive the step; all must belong to the manager of the inputs");
                }
                return manager;
            }
        });
    }

    @Test
    void isTheSameEachTime() {
        Loss loss = part();
        double first = run(loss, LossCases.groups(2, 3)).value;
        run(loss, LossCases.weighted(3, 7));
        assertEquals(first, run(loss, LossCases.groups(2, 3)).value, 0, "a loss must not depend on chance or on what it saw before");
        assertEquals(first, run(part(), LossCases.groups(2, 3)).value, 0, "two losses of equal settings must agree");
    }

    @Test
    void agreesWithTheReference() {
        Assumptions.assumeTrue(reference(config(settings()), LossCases.groups(2, 2)).isPresent(), "no reference by plain loops was given");
        List<PlainContrast> cases = List.of(LossCases.groups(2, 2), LossCases.groups(2, 2, 2), LossCases.groups(3, 1, 4, 2), LossCases.groups(LossCases.twos(8)), LossCases.groups(LossCases.twos(64)), LossCases.weighted(6, 6), LossCases.weighted(5, 11));
        for (Map<String, ?> with : temperatures(0.05, 0.1, 0.5, 1))
            SMALLEST.all(cases, x -> {
                Outcome outcome = run(part(with), x);
                String at = with + ", " + x.rows() + " anchors, " + x.columns() + " candidates: ";
                close(reference(with, x), outcome.value, 1e-5, at + "value");
                // every entry of a small matrix, some of a large one
                int every = Math.max(1, x.rows() * x.columns() / 100) | 1;
                for (int k = 0; k < x.rows() * x.columns(); k += every) {
                    int i = k / x.columns();
                    int j = k % x.columns();
                    close(slope(with, x, i, j), outcome.gradient[i][j], 1e-4, at + "gradient at [" + i + "][" + j + "]");
                }
            });
    }

    private double slope(Map<String, ?> with, PlainContrast x, int i, int j) {
        double[][] similarity = x.similarity();
        double before = similarity[i][j];
        double h = 1e-5;
        // in place, as the constructor would round the step away
        similarity[i][j] = before + h;
        double more = reference(with, x);
        similarity[i][j] = before - h;
        double less = reference(with, x);
        similarity[i][j] = before;
        return (more - less) / (2 * h);
    }

    private double reference(Map<String, ?> with, PlainContrast x) {
        return reference(config(with), x).orElseThrow();
    }

    private C config(Map<String, ?> with) {
        return Settings.of(provider().configType(), with, parts());
    }

    private Loss part(Map<String, ?> with) {
        return parts().create(provider(), with);
    }

    /** The settings with these temperatures, as far as there is one and its range allows it. */
    private List<Map<String, ?>> temperatures(double... values) {
        if (Arrays.stream(provider().configType().getRecordComponents()).noneMatch(c -> c.getName().equals("temperature"))) return List.of(settings());
        List<Map<String, ?>> variants = new ArrayList<>();
        for (double value : values) {
            Map<String, Object> with = new LinkedHashMap<>(settings());
            with.put("temperature", value);
            try {
                config(with);
            } catch (IllegalArgumentException outOfRange) {
                continue;
            }
            variants.add(with);
        }
        return variants;
    }

    private Outcome run(Loss loss, PlainContrast x) {
        return Calls.on(engine, () -> {
            try (NDManager manager = engine.newManager(); Engine.Tape tape = engine.record()) {
                Contrast contrast = x.on(manager);
                contrast.similarity().setRequiresGradient(true);
                NDArray value = loss.of(contrast);
                tape.backward(value);
                try (NDArray gradient = contrast.similarity().getGradient()) {
                    return new Outcome(value.toType(DataType.FLOAT64, false).getDouble(), rows(gradient.toFloatArray(), x.columns()));
                }
            }
        });
    }

    private static double[][] rows(float[] numbers, int columns) {
        double[][] rows = new double[numbers.length / columns][columns];
        for (int k = 0; k < numbers.length; k++) rows[k / columns][k % columns] = numbers[k];
        return rows;
    }

    private static double[][] positiveZeros(double[][] matrix) {
        return Arrays.stream(matrix).map(row -> Arrays.stream(row).map(x -> x + 0.0).toArray()).toArray(double[][]::new);
    }

    /** Absolute below 1, relative above. */
    private static void close(double expected, double actual, double tolerance, String what) {
        assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }
}
