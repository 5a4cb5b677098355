package relata.api.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** Makes new parameters with seeded numbers from Java's generators, so that they are the same on every engine. */
public final class Allocator {
    private final NDManager manager;
    private final RandomGenerator random;

    /**
     * @param manager owns the arrays
     * @param random the only source of chance
     */
    public Allocator(NDManager manager, RandomGenerator random) {
        this.manager = manager;
        this.random = random;
    }

    /** Normal, mean 0, cut off at two standard deviations (drawn again), as BERT initialises. */
    public NDArray truncatedNormal(double deviation, long... shape) {
        return fill(() -> {
            double x;
            do x = random.nextGaussian();
            while (Math.abs(x) > 2);
            return x * deviation;
        }, shape);
    }

    /** Normal, mean 0. */
    public NDArray normal(double deviation, long... shape) {
        return fill(() -> random.nextGaussian() * deviation, shape);
    }

    /** Uniform in [-√(6/(in+out)), √(6/(in+out))) for a weight of shape (out, in) (Glorot and Bengio 2010). */
    public NDArray glorot(long out, long in) {
        double bound = Math.sqrt(6.0 / (in + out));
        return fill(() -> (2 * random.nextDouble() - 1) * bound, out, in);
    }

    /** One number everywhere. */
    public NDArray constant(float value, long... shape) {
        return manager.full(new Shape(shape), value, DataType.FLOAT32);
    }

    /** These numbers, row by row. */
    public NDArray copy(float[] numbers, long... shape) {
        return manager.create(numbers, new Shape(shape));
    }

    private NDArray fill(DoubleSupplier next, long... shape) {
        Shape s = new Shape(shape);
        float[] numbers = new float[Math.toIntExact(s.size())];
        for (int i = 0; i < numbers.length; i++) numbers[i] = (float) next.getAsDouble();
        return manager.create(numbers, s);
    }
}
