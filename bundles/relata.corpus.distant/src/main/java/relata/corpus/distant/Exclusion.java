package relata.corpus.distant;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.text.Identity;

/** Pairs of entities that must not be learnt from, because a test set asks about them: by id or by name, either way round; and, if asked for, its texts. */
final class Exclusion {
    private final boolean names;
    private final boolean alsoTexts;
    private final Set<EntityPair> pairs = new HashSet<>();
    private final Set<String> texts = new HashSet<>();

    /**
     * None so far.
     *
     * @param names true: entities are the same if a lower-cased name of one is a name of the other; else if their ids are
     * @param texts true: sentences that are passages of the test set, word for word but for capitals, are left out with all their pairs
     */
    Exclusion(boolean names, boolean texts) {
        this.names = names;
        this.alsoTexts = texts;
    }

    /** Adds what some examples ask about. */
    void add(List<Example> examples) {
        for (Example e : examples) {
            if (alsoTexts) texts.add(text(e.passage()));
            for (Pair p : e.pairs())
                for (String head : keys(e.passage(), p.head())) for (String tail : keys(e.passage(), p.tail())) pairs.add(new EntityPair(head, tail));
        }
    }

    /** True if the pair is asked about, or the sentence must not be seen. */
    boolean holds(Sentence sentence, int head, int tail) {
        if (alsoTexts && texts.contains(text(sentence.passage()))) return true;
        if (pairs.isEmpty()) return false;
        for (String h : keys(sentence.passage(), head))
            for (String t : keys(sentence.passage(), tail)) {
                EntityPair pair = new EntityPair(h, t);
                if (pairs.contains(pair) || pairs.contains(pair.turned())) return true;
            }
        return false;
    }

    private static String text(Passage passage) {
        return passage.text().toLowerCase(Locale.ROOT);
    }

    private List<String> keys(Passage passage, int entity) {
        return names ? Identity.names(passage, entity) : List.of(Identity.of(passage, entity));
    }
}
