package relata.api.corpus;

import java.util.List;

/**
 * A sentence or a whole document, in tokens.
 *
 * @param id unique in the corpus
 * @param tokens the words, none empty, in text order
 * @param sentences index of the first token of each sentence, ascending, beginning with 0; empty if not known
 * @param entities what it speaks about
 * @param facts the relations known to hold in it; empty also where they are unknown
 * @param document id of the document that it was taken from: what folds of a cross-validation must not tear apart; its own id if it stands alone
 */
public record Passage(String id, List<String> tokens, List<Integer> sentences, List<Entity> entities, List<Fact> facts, String document) {
    /** A passage that stands alone. */
    public Passage(String id, List<String> tokens, List<Integer> sentences, List<Entity> entities, List<Fact> facts) {
        this(id, tokens, sentences, entities, facts, id);
    }

    public Passage {
        tokens = List.copyOf(tokens);
        sentences = List.copyOf(sentences);
        entities = List.copyOf(entities);
        facts = List.copyOf(facts);
        if (tokens.isEmpty()) throw new IllegalArgumentException("passage '" + id + "' has no tokens");
        for (Entity e : entities)
            for (Mention m : e.mentions())
                if (m.end() > tokens.size())
                    throw new IllegalArgumentException("passage '" + id + "': a mention of entity '" + e.id() + "' ends at token " + m.end() + ", but there are " + tokens.size());
        for (Fact f : facts)
            if (f.head() < 0 || f.tail() < 0 || f.head() >= entities.size() || f.tail() >= entities.size())
                throw new IllegalArgumentException("passage '" + id + "': a fact names entity " + Math.max(f.head(), f.tail()) + ", but there are " + entities.size());
    }

    /** The tokens joined by single spaces. */
    public String text() {
        return String.join(" ", tokens);
    }
}
