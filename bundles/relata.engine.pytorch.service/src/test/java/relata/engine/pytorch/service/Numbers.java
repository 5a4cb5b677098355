package relata.engine.pytorch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Plain numbers in and out of arrays, and gradients by central differences. */
final class Numbers {
    private Numbers() {}

    static float[] normal(long seed, int size) {
        Random random = new Random(seed);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) x[i] = (float) random.nextGaussian();
        return x;
    }

    static NDArray parameter(NDManager manager, float[] x, long... shape) {
        NDArray array = manager.create(x, new Shape(shape)).duplicate();
        array.setRequiresGradient(true);
        return array;
    }

    static double[] widen(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) y[i] = x[i];
        return y;
    }

    static double[] differences(float[] at, ToDoubleFunction<double[]> f) {
        double[] x = widen(at);
        double[] gradient = new double[x.length];
        double h = 1e-5;
        for (int i = 0; i < x.length; i++) {
            double kept = x[i];
            x[i] = kept + h;
            double up = f.applyAsDouble(x);
            x[i] = kept - h;
            double down = f.applyAsDouble(x);
            x[i] = kept;
            gradient[i] = (up - down) / (2 * h);
        }
        return gradient;
    }

    static void assertClose(double[] expected, float[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i], actual[i], tolerance * (1 + Math.abs(expected[i])), what + ", number " + i);
    }

    static void assertGradient(double[] expected, NDArray parameter, String what) {
        try (NDArray gradient = parameter.getGradient()) {
            assertClose(expected, gradient.toFloatArray(), 1e-5, what);
        }
    }
}
