package relata.corpus.text;

/** What to do with a label that the training split does not have. */
public enum Unseen {
    /** Stop, and say where it is. */
    ERROR,
    /** Leave out the pairs that have it. */
    DROP,
    /** Keep it: its pairs count as missed. */
    KEEP
}
