package relata.api.corpus;

import java.util.List;
import java.util.Optional;

/**
 * A question: which relation holds between these two entities?
 *
 * @param head index of the head in the passage's entities
 * @param tail index of the tail
 * @param relations the gold answer: usually one label; several where several hold; the corpus's negative label where none holds; empty if unknown
 */
public record Pair(int head, int tail, List<String> relations) {
    public Pair {
        relations = List.copyOf(relations);
    }

    /** The single gold label, or the first of several. */
    public Optional<String> relation() {
        return relations.stream().findFirst();
    }
}
