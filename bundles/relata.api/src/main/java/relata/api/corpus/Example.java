package relata.api.corpus;

import java.util.List;

/**
 * A passage and the pairs asked about in it: one pair at sentence level, often many in a document.
 *
 * @param id unique in the corpus
 * @param passage what is read
 * @param pairs what is asked, at least one
 */
public record Example(String id, Passage passage, List<Pair> pairs) {
    public Example {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) throw new IllegalArgumentException("example '" + id + "' asks about no pair");
        for (Pair p : pairs)
            if (p.head() < 0 || p.tail() < 0 || p.head() >= passage.entities().size() || p.tail() >= passage.entities().size())
                throw new IllegalArgumentException("example '" + id + "' asks about entity " + Math.max(p.head(), p.tail()) + ", but its passage has " + passage.entities().size());
    }

    /** The head entity of a pair. */
    public Entity head(int pair) {
        return passage.entities().get(pairs.get(pair).head());
    }

    /** The tail entity of a pair. */
    public Entity tail(int pair) {
        return passage.entities().get(pairs.get(pair).tail());
    }
}
