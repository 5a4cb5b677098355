package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import org.jspecify.annotations.Nullable;
import relata.api.learn.Allocator;
import relata.api.learn.Parameters;

/** A linear layer, x Wᵀ + b. The input is the first operand, so the result belongs to the step and not to the parameters' manager. */
final class Dense {
    private final NDArray weight;
    private final @Nullable NDArray bias;

    private Dense(NDArray weight, @Nullable NDArray bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /** A layer of Glorot's uniform weights and no or zero biases, put into {@code parameters} as {@code name.weight}, {@code name.bias}. */
    static Dense glorot(String name, long in, long out, boolean bias, Allocator allocator, Parameters parameters) {
        return of(name, allocator.glorot(out, in), bias, allocator, parameters);
    }

    /** A layer of normal weights, cut off at two deviations, and zero biases. */
    static Dense truncatedNormal(String name, double deviation, long in, long out, Allocator allocator, Parameters parameters) {
        return of(name, allocator.truncatedNormal(deviation, out, in), true, allocator, parameters);
    }

    private static Dense of(String name, NDArray weight, boolean bias, Allocator allocator, Parameters parameters) {
        Dense dense = new Dense(weight, bias ? allocator.constant(0, weight.getShape().get(0)) : null);
        parameters.add(name + ".weight", weight);
        if (dense.bias != null) parameters.add(name + ".bias", dense.bias);
        return dense;
    }

    /** (R, in) to (R, out). */
    NDArray of(NDArray x) {
        return (bias == null ? Linear.linear(x, weight) : Linear.linear(x, weight, bias)).singletonOrThrow();
    }
}
