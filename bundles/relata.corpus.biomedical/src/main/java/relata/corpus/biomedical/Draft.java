package relata.corpus.biomedical;

import java.util.List;
import relata.corpus.text.Place;

/**
 * A document as a file tells it: offsets not yet looked up.
 *
 * @param id unique in the corpus
 * @param sections its text, in order
 * @param names its mentions, in any order
 * @param links what is said about two of them
 */
record Draft(Place at, String id, List<Section> sections, List<Name> names, List<Link> links) {
    /** Where a piece of text is cut into sentences. */
    enum Cut {
        /** Nowhere: it is one. */
        NONE,
        /** At the end of sentences; a line end is no more than a space. */
        SENTENCES,
        /** At the end of sentences and of lines. */
        LINES
    }

    /**
     * A piece of text, in which offsets count from 0.
     *
     * @param body index in the string where a sentence begins in any case, after a title; 0 if there is no such place
     */
    record Section(String text, Cut cut, int body) {}

    /**
     * A mention.
     *
     * @param at where the file says so
     * @param name for messages
     * @param id of what is named: unique in the document, or that of a concept that is named several times
     * @param section index of the piece of text that it is in
     * @param spans start and end (exclusive) of its pieces in the file's unit, counted from the section's start, ascending
     * @param text what should stand there
     */
    record Name(Place at, String name, String id, String type, int section, List<int[]> spans, String text) {}

    /**
     * What is said about two mentions or concepts.
     *
     * @param head id of one
     * @param tail id of the other
     * @param label their relation; empty if they have none
     */
    record Link(Place at, String head, String tail, String label) {}
}
