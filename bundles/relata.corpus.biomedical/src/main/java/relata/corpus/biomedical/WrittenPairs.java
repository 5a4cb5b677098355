package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;

/**
 * With which settings a reader asks about the pairs that a corpus asks about, as near as it can.
 *
 * @param types of heads and tails; empty if relations tell them
 * @param directed both orders of two entities are asked about where types allow both
 */
record WrittenPairs(List<TypePair> types, boolean directed) {
    /** @param written what becomes of a type in the format @param standard what the reader takes {@code directed} for if it is not said */
    static WrittenPairs of(Corpus corpus, UnaryOperator<String> written, boolean standard) {
        Set<TypePair> asked = new TreeSet<>(Comparator.comparing(TypePair::head).thenComparing(TypePair::tail));
        Set<TypePair> related = new HashSet<>();
        boolean both = false;
        boolean one = false;
        for (List<Example> split : corpus.splits().values())
            for (Example e : split) {
                Set<List<Integer>> pairs = new HashSet<>();
                for (Pair p : e.pairs()) {
                    asked.add(types(e, p.head(), p.tail(), written));
                    both |= pairs.contains(List.of(p.tail(), p.head()));
                    pairs.add(List.of(p.head(), p.tail()));
                }
                for (Fact f : relations(e, corpus.negative())) related.add(types(e, f.head(), f.tail(), written));
            }
        for (List<Example> split : corpus.splits().values())
            for (Example e : split)
                for (Pair p : e.pairs()) {
                    boolean turnable = asked.contains(types(e, p.tail(), p.head(), written));
                    one |= turnable && e.pairs().stream().noneMatch(q -> q.head() == p.tail() && q.tail() == p.head());
                }
        return new WrittenPairs(related.equals(asked) ? List.of() : List.copyOf(asked), both || !one && standard);
    }

    private static TypePair types(Example e, int head, int tail, UnaryOperator<String> written) {
        return new TypePair(written.apply(e.passage().entities().get(head).type()), written.apply(e.passage().entities().get(tail).type()));
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

    /** Notes them for who reads it again. @param standard what {@code directed} is if it is not said */
    void into(Map<String, Object> settings, boolean standard) {
        if (!types.isEmpty()) settings.put("pairs", types.stream().map(t -> Map.of("head", t.head(), "tail", t.tail())).toList());
        if (directed != standard) settings.put("directed", directed);
    }
}
