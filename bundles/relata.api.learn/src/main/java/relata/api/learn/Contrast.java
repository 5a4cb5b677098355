package relata.api.learn;

import ai.djl.ndarray.NDArray;

/**
 * What a contrastive loss sees: similarities, and which of them attract and repel.
 *
 * @param similarity (A, C), larger is nearer
 * @param positive (A, C), weight of each attraction, at least 0; 0 where the candidate is no positive of the anchor
 * @param negative (A, C), weight of each repulsion, at least 0; an instance is neither positive nor negative of itself
 * @param anchors (A), weight of each row as an anchor, at least 0; usually 1
 */
public record Contrast(NDArray similarity, NDArray positive, NDArray negative, NDArray anchors) {}
