package relata.api.corpus;

import java.util.BitSet;
import java.util.List;

/**
 * Something that a passage speaks about.
 *
 * @param id its identity in the corpus (a knowledge-base id, or {@code e1}); equal ids in different passages are the same thing only if the corpus says so
 * @param type its type, e.g. {@code PROTEIN}; empty if unknown
 * @param mentions where it is named, at least one, in text order
 */
public record Entity(String id, String type, List<Mention> mentions) {
    public Entity {
        mentions = List.copyOf(mentions);
        if (mentions.isEmpty()) throw new IllegalArgumentException("entity '" + id + "' has no mention");
    }

    /** An entity with one mention of one span. */
    public static Entity of(String id, String type, int start, int end) {
        return new Entity(id, type, List.of(Mention.of(start, end)));
    }

    /** The tokens of all its mentions. */
    public BitSet tokens() {
        BitSet tokens = new BitSet();
        mentions.forEach(m -> tokens.or(m.tokens()));
        return tokens;
    }
}
