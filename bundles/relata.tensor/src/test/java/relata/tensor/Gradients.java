package relata.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import relata.api.learn.Engine;
import relata.testkit.TestEngine;

/** Compares a function of an array, in value and gradient, with the same function in plain doubles. */
final class Gradients {
    private static final Engine ENGINE = TestEngine.engine();

    private Gradients() {}

    static float[] normal(long seed, int size) {
        Random random = new Random(seed);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) x[i] = (float) random.nextGaussian();
        return x;
    }

    /** Value to 1e-6, gradient of a weighted sum of the results to 1e-5, both relative above 1. */
    static void check(float[] x, Shape shape, Function<NDArray, NDArray> function, UnaryOperator<double[]> plain) throws Exception {
        double[] at = new double[x.length];
        for (int i = 0; i < x.length; i++) at[i] = x[i];
        double[] expected = plain.apply(at);
        float[] weights = normal(99, expected.length);
        ENGINE.call(() -> {
            try (NDManager parameters = ENGINE.newManager()) {
                NDArray array = parameters.create(x, shape).duplicate();
                array.setRequiresGradient(true);
                int arrays = parameters.getManagedArrays().size();
                try (NDManager step = parameters.newSubManager(); Engine.Tape tape = ENGINE.record()) {
                    NDArray y = function.apply(step.create(1f).mul(array));
                    assertSame(step, y.getManager());
                    near(expected, y.toFloatArray(), 1e-6, "value");
                    tape.backward(y.mul(step.create(weights, y.getShape())).sum());
                }
                try (NDArray gradient = array.getGradient()) {
                    near(differences(at, plain, weights), gradient.toFloatArray(), 1e-5, "gradient");
                }
                assertEquals(arrays, parameters.getManagedArrays().size(), "nothing may outlive the step");
            }
            return true;
        });
    }

    private static double[] differences(double[] x, UnaryOperator<double[]> plain, float[] weights) {
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone(), down = x.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double[] above = plain.apply(up), below = plain.apply(down);
            // difference first: a very large value that does not change must not drown the others
            for (int k = 0; k < above.length; k++) gradient[i] += (above[k] - below[k]) / 2e-5 * weights[k];
        }
        return gradient;
    }

    private static void near(double[] expected, float[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i], actual[i], tolerance * (1 + Math.abs(expected[i])), what + " " + i);
    }
}
