package relata.corpus.biomedical;

import java.util.List;
import relata.api.corpus.Mention;
import relata.corpus.text.Place;

/**
 * A document whose mentions were found in its text.
 *
 * @param sentences the first token of each sentence, ascending from 0
 * @param terms its mentions, in text order, the longer first
 * @param links what is said about them
 */
record Document(Place at, String id, List<String> tokens, List<Integer> sentences, List<Term> terms, List<Draft.Link> links) {
    /** A mention, in tokens of the document. */
    record Term(Place at, String id, String type, Mention mention) {}
}
