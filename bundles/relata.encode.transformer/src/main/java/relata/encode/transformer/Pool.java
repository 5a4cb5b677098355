package relata.encode.transformer;

/** How a relation vector is made from token states. */
public enum Pool {
    /** The state of {@code [CLS]}; D = H. The same for all pairs of a passage. */
    CLS,
    /** BERT's pooler over it: tanh(W h + b); D = H. The same for all pairs of a passage. */
    POOLER,
    /**
     * The state at the start of the head, then that of the tail: at the start marker if the format has markers, else at the first
     * sub-word; D = 2H (Baldini Soares et al. 2019). Of several mentions of an entity the mean.
     */
    MENTION_STARTS,
    /** The mean over all sub-words of all mentions of the head, then of the tail; D = 2H. */
    MENTION_MEAN,
    /** The mean over all tokens; D = H. The same for all pairs of a passage. */
    MEAN;

    /** D for states of width H. */
    int dimension(int hidden) {
        return this == MENTION_STARTS || this == MENTION_MEAN ? 2 * hidden : hidden;
    }
}
