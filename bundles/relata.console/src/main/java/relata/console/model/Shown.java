package relata.console.model;

import java.util.List;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/**
 * A sentence and the two entities that are asked about. Indexes count tokens from 0, ends are exclusive.
 *
 * @param tokens its words
 * @param head spans of the head's mentions, each begin and end
 * @param tail spans of the tail's mentions
 */
record Shown(List<String> tokens, List<List<Integer>> head, List<List<Integer>> tail) {
    Shown {
        tokens = List.copyOf(tokens);
        head = List.copyOf(head);
        tail = List.copyOf(tail);
    }

    static Shown of(Example example, int pair) {
        return of(example.passage(), example.pairs().get(pair).head(), example.pairs().get(pair).tail());
    }

    /** @param head index of an entity */
    static Shown of(Passage passage, int head, int tail) {
        return new Shown(passage.tokens(), spans(passage.entities().get(head)), spans(passage.entities().get(tail)));
    }

    private static List<List<Integer>> spans(Entity entity) {
        return entity.mentions().stream().flatMap(m -> m.spans().stream()).map(Shown::span).toList();
    }

    private static List<Integer> span(Span span) {
        return List.of(span.start(), span.end());
    }
}
