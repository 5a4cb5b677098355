package relata.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.testkit.TestEngine;

class MaskedTest {
    private static final int A = 4, C = 5;
    // fractions, zeros, one above 1, and a row without any
    private static final float[] WEIGHTS = {1, 0, 0.25f, 1e-6f, 2,  0, 0, 0, 1, 0,  0, 0, 0, 0, 0,  1, 1, 1, 1, 1};

    private static void check(float[] x, BiFunction<NDArray, NDArray, NDArray> function, ToDoubleBiFunction<double[], double[]> row) throws Exception {
        Gradients.check(x, new Shape(A, C), array -> function.apply(array, array.getManager().create(WEIGHTS, new Shape(A, C))), all -> {
            double[] y = new double[A];
            for (int a = 0; a < A; a++) {
                double[] xs = new double[C], ws = new double[C];
                for (int c = 0; c < C; c++) {
                    xs[c] = all[a * C + c];
                    ws[c] = WEIGHTS[a * C + c];
                }
                y[a] = row.applyAsDouble(xs, ws);
            }
            return y;
        });
    }

    private static double sum(double[] x, double[] w) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += w[i] * x[i];
        return sum;
    }

    private static double weight(double[] w) {
        double sum = 0;
        for (double one : w) sum += one;
        return sum;
    }

    private static double logSumExp(double[] x, double[] w) {
        if (weight(w) == 0) return Masked.NOTHING;
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += w[i] * Math.exp(x[i]);
        return Math.log(sum);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 1, 20})
    void logSumExp(float scale) throws Exception {
        float[] x = Gradients.normal(1, A * C);
        for (int i = 0; i < x.length; i++) x[i] *= scale;
        check(x, Masked::logSumExp, MaskedTest::logSumExp);
    }

    @Test
    void sum() throws Exception {
        check(Gradients.normal(2, A * C), Masked::sum, MaskedTest::sum);
    }

    @Test
    void mean() throws Exception {
        check(Gradients.normal(3, A * C), Masked::mean, (x, w) -> weight(w) == 0 ? 0 : sum(x, w) / weight(w));
    }

    @Test
    void softplus() throws Exception {
        Gradients.check(new float[] {-80, -3, 0, 0.5f, 3, 80}, new Shape(2, 3), Masked::softplus, x -> {
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) y[i] = x[i] > 50 ? x[i] : Math.log1p(Math.exp(x[i]));
            return y;
        });
    }

    @Test
    void weightsBroadcast() throws Exception {
        float[] weights = {1, 0, 2};
        Gradients.check(Gradients.normal(4, 6), new Shape(2, 3), x -> Masked.logSumExp(x, x.getManager().create(weights, new Shape(1, 3))), x -> {
            double[] y = new double[2];
            for (int a = 0; a < 2; a++) y[a] = Math.log(Math.exp(x[a * 3]) + 2 * Math.exp(x[a * 3 + 2]));
            return y;
        });
    }

    @Test
    void whatIsLeftOutMayBeAnything() {
        try (NDManager manager = TestEngine.engine().newManager()) {
            NDArray x = manager.create(new float[] {1, Float.POSITIVE_INFINITY, Float.NaN, 2}, new Shape(1, 4));
            NDArray weights = manager.create(new float[] {1, 0, 0, 1}, new Shape(1, 4));
            assertEquals(Math.log(Math.exp(1) + Math.exp(2)), Masked.logSumExp(x, weights).getFloat(0, 0), 1e-6);
            assertEquals(3f, Masked.sum(x, weights).getFloat(0, 0));
            assertEquals(1.5f, Masked.mean(x, weights).getFloat(0, 0));
        }
    }

    @Test
    void logSumExpIsStable() {
        try (NDManager manager = TestEngine.engine().newManager()) {
            NDArray weights = manager.create(new float[] {0.5f, 1, 1, 0}, new Shape(2, 2));
            float[] y = Masked.logSumExp(manager.create(new float[] {1000, 1000, -1000, 500}, new Shape(2, 2)), weights).toFloatArray();
            assertArrayEquals(new float[] {(float) (1000 + Math.log(1.5)), -1000}, y, 1e-3f);
        }
    }

    @Test
    void logSumExpOfNothingIsFinite() {
        try (NDManager manager = TestEngine.engine().newManager()) {
            float y = Masked.logSumExp(manager.create(new float[] {5, 6}, new Shape(1, 2)), manager.zeros(new Shape(1, 2))).getFloat(0, 0);
            assertTrue(Float.isFinite(y) && y < -1e29f, "found " + y);
        }
    }
}
