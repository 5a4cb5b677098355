package relata.corpus.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.corpus.text.Place;

/** The pairs asked about in a passage: those with labels, and more. */
final class Asked {
    /** Decides which pairs are asked beside those with labels. */
    @FunctionalInterface
    interface Choice {
        /** True if the pair should be asked, {@code head} and {@code tail} being different entities of the passage. */
        boolean asks(Passage passage, int head, int tail);
    }

    private Asked() {}

    /** The passage with facts. @throws CorpusException if a fact is about entities that there are not, about one and itself, or comes twice */
    static Passage related(Place at, String key, Passage passage, List<Fact> facts) throws CorpusException {
        int count = passage.entities().size();
        Map<Fact, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact f = facts.get(i);
            String which = key + "[" + i + "]";
            if (f.head() < 0 || f.tail() < 0 || f.head() >= count || f.tail() >= count)
                throw at.error(which + " is about the entities " + f.head() + " and " + f.tail() + ", but there are " + count + ", counted from 0");
            if (f.head() == f.tail()) throw at.error(which + " is about entity " + f.head() + " and itself");
            Integer before = seen.put(f, i);
            if (before != null) throw at.error(which + " repeats " + key + "[" + before + "]: " + f.relation() + " between " + f.head() + " and " + f.tail());
        }
        return new Passage(passage.id(), passage.tokens(), passage.sentences(), passage.entities(), facts, passage.document());
    }

    /**
     * The example; none if nothing is asked.
     *
     * @param negative the label of asked pairs without a fact; absent if the answers are not known
     */
    static Optional<Example> example(Passage passage, Optional<String> negative, Choice choice) {
        Map<Long, List<String>> labels = new LinkedHashMap<>();
        int count = passage.entities().size();
        for (Fact f : passage.facts()) labels.computeIfAbsent((long) f.head() * count + f.tail(), k -> new ArrayList<>()).add(f.relation());
        List<Pair> pairs = new ArrayList<>();
        List<String> none = negative.stream().toList();
        for (int h = 0; h < count; h++)
            for (int t = 0; t < count; t++) {
                List<String> relations = labels.get((long) h * count + t);
                if (relations != null) pairs.add(new Pair(h, t, relations));
                else if (h != t && choice.asks(passage, h, t)) pairs.add(new Pair(h, t, none));
            }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new Example(passage.id(), passage, pairs));
    }
}
