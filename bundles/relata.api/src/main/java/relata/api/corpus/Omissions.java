package relata.api.corpus;

import org.osgi.annotation.versioning.ConsumerType;

/** Decides what becomes of what a format cannot hold: it may refuse, or take note of it and let it go. */
@ConsumerType
@FunctionalInterface
public interface Omissions {
    /** Refuses everything. */
    Omissions REFUSED = (where, what, detail) -> {
        throw new CorpusException(where, "the format cannot hold " + what + ": " + detail);
    };

    /**
     * Something would be lost.
     *
     * @param where of which example, or of which part of the corpus, e.g. {@code train example '17'}
     * @param what in the plural, the same words each time, e.g. {@code types of entities}
     * @param detail what it is here, e.g. {@code 'PERSON' comes back as ''}
     * @throws CorpusException if it must not be lost
     */
    void leaveOut(String where, String what, String detail) throws CorpusException;
}
