package relata.corpus.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;

/** What writers of documents must know of a corpus: which pairs it asks about, and which relations it knows. */
final class Written {
    private Written() {}

    /** True if all ordered pairs of two entities are asked about. */
    static boolean asksAll(Corpus corpus) {
        return each(corpus).allMatch(e -> distinct(e).size() == e.passage().entities().size() * (e.passage().entities().size() - 1));
    }

    /** True if the pairs with a relation are asked about. */
    static boolean asksLabelled(Corpus corpus) {
        return corpus.negative().isEmpty() && each(corpus).allMatch(e -> e.pairs().stream().noneMatch(p -> p.relations().isEmpty()));
    }

    /** True if those pairs are asked about whose types some fact joins. */
    static boolean asksTyped(Corpus corpus) {
        Set<List<String>> joined = new HashSet<>();
        each(corpus).forEach(e -> e.passage().facts().forEach(f -> joined.add(types(e, f.head(), f.tail()))));
        return each(corpus).allMatch(e -> {
            int count = e.passage().entities().size();
            Set<List<Integer>> typed = new HashSet<>();
            for (int h = 0; h < count; h++) for (int t = 0; t < count; t++) if (h != t && joined.contains(types(e, h, t))) typed.add(List.of(h, t));
            return typed.equals(distinct(e));
        });
    }

    private static Stream<Example> each(Corpus corpus) {
        return corpus.splits().values().stream().flatMap(List::stream);
    }

    private static Set<List<Integer>> distinct(Example e) {
        Set<List<Integer>> pairs = new HashSet<>();
        e.pairs().forEach(p -> pairs.add(List.of(p.head(), p.tail())));
        return pairs;
    }

    private static List<String> types(Example e, int head, int tail) {
        List<Entity> entities = e.passage().entities();
        return List.of(entities.get(head).type(), entities.get(tail).type());
    }

    /** False if no answer is known. */
    static boolean answered(Example example) {
        return !example.passage().facts().isEmpty() || example.pairs().stream().anyMatch(p -> !p.relations().isEmpty());
    }

    /** Facts, and answers that are none, without the label that means no relation. */
    static List<Fact> relations(Example example, Optional<String> negative) {
        List<Fact> relations = new ArrayList<>(example.passage().facts());
        for (Pair p : example.pairs())
            for (String r : p.relations()) {
                Fact fact = new Fact(p.head(), p.tail(), r);
                if (!negative.equals(Optional.of(r)) && !relations.contains(fact)) relations.add(fact);
            }
        return relations;
    }
}
