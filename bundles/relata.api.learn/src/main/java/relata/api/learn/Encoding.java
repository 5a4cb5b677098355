package relata.api.learn;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What an encoder makes of a batch.
 *
 * @param relations (R, D), one row for each pair of each view
 * @param tokens (B, L, H) token states, if the encoder gives them
 */
public record Encoding(NDArray relations, Optional<NDArray> tokens) {}
