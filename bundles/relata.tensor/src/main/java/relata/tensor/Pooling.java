package relata.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * One vector out of many token states. Where a row may look into any view, it names tokens by position in the whole batch: token i of view
 * b is at b·L + i.
 */
public final class Pooling {
    private static final NDIndex FIRST = new NDIndex(":, 0");

    private Pooling() {}

    /** The state of the first token of each view: (B, L, H) to (B, H). */
    public static NDArray cls(NDArray tokens) {
        return tokens.get(FIRST);
    }

    /**
     * The weighted mean of the tokens of each view.
     *
     * @param tokens (B, L, H)
     * @param weights (B, L), 0 for padding
     * @return (B, H); 0 where all weights are 0
     */
    public static NDArray mean(NDArray tokens, NDArray weights) {
        NDArray sum = tokens.transpose(0, 2, 1).matMul(weights.expandDims(2)).squeeze(2);
        return sum.div(total(weights));
    }

    /**
     * The state of one token for each row, e.g. of an entity's start marker.
     *
     * @param tokens (B, L, H)
     * @param positions (R), in the whole batch
     * @return (R, H)
     */
    public static NDArray states(NDArray tokens, NDArray positions) {
        Shape shape = tokens.getShape();
        return tokens.reshape(-1, shape.get(2)).get(positions);
    }

    /**
     * The weighted mean of some tokens for each row, e.g. of all mentions of an entity.
     *
     * @param tokens (B, L, H)
     * @param positions (R, S), in the whole batch, filled up with any valid position
     * @param weights (R, S), 0 for what was filled up
     * @return (R, H); 0 where all weights are 0
     */
    public static NDArray spans(NDArray tokens, NDArray positions, NDArray weights) {
        long rows = positions.getShape().get(0);
        long width = positions.getShape().get(1);
        NDArray states = states(tokens, positions.reshape(-1)).reshape(rows, width, tokens.getShape().get(2));
        return mean(states, weights);
    }

    private static NDArray total(NDArray weights) {
        return weights.sum(new int[] {1}, true).maximum(Float.MIN_NORMAL);
    }
}
