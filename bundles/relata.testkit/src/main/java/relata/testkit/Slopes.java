package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ai.djl.ndarray.NDArray;

/** Gradients against the differences of two values. */
final class Slopes {
    private static final double STEP = 2e-3;
    private static final double TOLERANCE = 0.02;

    private Slopes() {}

    /** A value of some numbers. */
    interface Value {
        double of(float[] numbers);
    }

    /** Asserts it of some of the numbers, spread over all. @param gradient what is claimed @param at where @param value of what */
    static void assertGradient(float[] gradient, float[] at, Value value, String what) {
        assertNotNull(gradient, what);
        double largest = 0.05;
        for (float g : gradient) largest = Math.max(largest, Math.abs(g));
        for (int i = 0; i < at.length; i += Math.max(1, at.length / 20)) {
            double slope = slope(at, value, i, STEP);
            // where a kink, as of a ReLU, is within the step, a smaller one tells
            if (Math.abs(slope - gradient[i]) > TOLERANCE * largest) slope = slope(at, value, i, STEP / 4);
            assertEquals(slope, gradient[i], TOLERANCE * largest, "gradient of " + what + " at " + i + ", against the difference of two losses");
        }
    }

    private static double slope(float[] at, Value value, int i, double step) {
        float[] more = at.clone(), less = at.clone();
        more[i] += (float) step;
        less[i] -= (float) step;
        return (value.of(more) - value.of(less)) / (2 * step);
    }

    /** The gradient that an array got; zeros if it got none. */
    static float[] gradient(NDArray of) {
        if (!of.hasGradient()) return new float[Math.toIntExact(of.size())];
        try (NDArray gradient = of.getGradient()) {
            return gradient.toFloatArray();
        }
    }

    /** Puts numbers in the place of a parameter's. */
    static void set(NDArray parameter, float[] numbers) {
        try (NDArray wanted = parameter.getManager().create(numbers, parameter.getShape())) {
            wanted.copyTo(parameter);
        }
    }
}
