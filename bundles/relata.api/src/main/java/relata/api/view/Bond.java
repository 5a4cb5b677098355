package relata.api.view;

/** What a candidate is to an anchor. */
public enum Bond {
    /** They attract each other. */
    POSITIVE,
    /** They repel each other. */
    NEGATIVE,
    /** The loss does not see the pair. */
    IGNORED
}
