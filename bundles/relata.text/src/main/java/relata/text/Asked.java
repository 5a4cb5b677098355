package relata.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

/**
 * One mention of an entity that is asked about.
 *
 * @param entity its index in the passage
 * @param again true if the same mention is met in the other role already: an entity may be asked about with itself
 */
record Asked(int entity, Role role, String type, Mention mention, boolean again) {
    /** What an entity is in the question. */
    enum Role {
        HEAD,
        TAIL,
        /** Of several pairs, an entity may be the head of one and the tail of another. */
        EITHER
    }

    /** The mentions asked about, from left to right, the longer first; on a tie in order of role. */
    static List<Asked> of(Passage passage, List<Pair> pairs) {
        List<Asked> asked = new ArrayList<>();
        if (pairs.size() == 1) {
            int head = pairs.get(0).head(), tail = pairs.get(0).tail();
            add(asked, passage, head, Role.HEAD, false);
            add(asked, passage, tail, Role.TAIL, tail == head);
        } else pairs.stream().flatMapToInt(p -> IntStream.of(p.head(), p.tail())).distinct().sorted().forEach(e -> add(asked, passage, e, Role.EITHER, false));
        asked.sort(Comparator.<Asked>comparingInt(a -> a.mention.start()).thenComparingInt(a -> -a.mention.end()));
        return asked;
    }

    /** A mention that the corpus has twice counts once. */
    private static void add(List<Asked> asked, Passage passage, int index, Role role, boolean again) {
        Entity entity = passage.entities().get(index);
        Set<Object> known = new HashSet<>();
        for (Mention m : entity.mentions()) if (known.add(m.tokens())) asked.add(new Asked(index, role, entity.type(), m, again));
    }
}
