package relata.loss.contrastive;

import ai.djl.ndarray.NDArray;

/** Similarities over a temperature. */
final class Temperature {
    // differences and sums of so large numbers still are numbers, and above Masked.NOTHING
    private static final float LARGEST = 1e29f;

    private Temperature() {}

    /** s/τ, held within ±1e29: a quotient that float32 cannot hold would be infinite, and infinity less infinity no number. NaN stays NaN. */
    static NDArray scale(NDArray similarity, double temperature) {
        return similarity.div((float) temperature).clip(-LARGEST, LARGEST);
    }
}
