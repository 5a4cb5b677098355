package relata.corpus.biomedical;

/** What one example is. */
public enum Level {
    /** One pair of one sentence. */
    SENTENCE,
    /** A document with all its pairs. */
    DOCUMENT
}
