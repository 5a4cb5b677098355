package relata.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.nn.Activation;

/**
 * Sums over the last axis in which every element has a weight of at least 0. A weight of 0 leaves the element out, whatever it is. The axis
 * is kept with length 1: (A, C) becomes (A, 1). Weights have the shape of {@code x} or broadcast to it.
 */
public final class Masked {
    /** What {@link #logSumExp} gives for a row without weight is near this: so low that its exponential is 0, and finite. */
    public static final float NOTHING = -1e30f;

    private static final int[] LAST = {-1};
    // the smallest float32 that keeps its precision
    private static final float TINY = Float.MIN_NORMAL;

    private Masked() {}

    /** log Σ w·eˣ, stable for any size of x. A row without weight gives about {@link #NOTHING}, with gradient 0. */
    public static NDArray logSumExp(NDArray x, NDArray weights) {
        NDArray w = like(x, weights);
        NDArray weighted = only(x.add(w.maximum(TINY).log()), w, NOTHING);
        NDArray top = weighted.stopGradient().max(LAST, true);
        return weighted.sub(top).exp().sum(LAST, true).log().add(top);
    }

    /** Σ w·x. A row without weight gives 0. */
    public static NDArray sum(NDArray x, NDArray weights) {
        NDArray w = like(x, weights);
        return only(x, w, 0).mul(w).sum(LAST, true);
    }

    /** Σ w·x / Σ w. A row without weight gives 0, with gradient 0. */
    public static NDArray mean(NDArray x, NDArray weights) {
        return sum(x, weights).div(like(x, weights).sum(LAST, true).maximum(TINY));
    }

    /** log(1 + eˣ), element by element, stable for any x. */
    public static NDArray softplus(NDArray x) {
        return Activation.softPlus(x);
    }

    // chosen rather than multiplied: 0 times infinity is no number
    private static NDArray only(NDArray x, NDArray weights, float otherwise) {
        return NDArrays.where(weights.gt(0f), x, x.getManager().create(otherwise));
    }

    private static NDArray like(NDArray x, NDArray weights) {
        return weights.getShape().equals(x.getShape()) ? weights : weights.broadcast(x.getShape());
    }
}
