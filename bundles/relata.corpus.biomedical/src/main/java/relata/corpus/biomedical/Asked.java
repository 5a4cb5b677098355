package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.corpus.text.Place;

/** Which pairs are asked about, by the types of their entities. */
final class Asked {
    /** More pairs of one passage than this are no question but a mistake. */
    static final int MOST = 1_000_000;

    /** Types of the head and the tail. */
    record Types(String head, String tail) {}

    private final Set<Types> types;
    private final boolean any;
    private final boolean directed;

    private Asked(Set<Types> types, boolean any, boolean directed) {
        this.types = types;
        this.any = any;
        this.directed = directed;
    }

    /**
     * Entities of these types.
     *
     * @param directed both orders of two entities are asked about, where the types allow both; else only that of the text, and a relation means the same either way
     */
    static Asked of(Set<Types> types, boolean directed) {
        return new Asked(types, false, directed);
    }

    /** Any two entities. */
    static Asked all(boolean directed) {
        return new Asked(Set.of(), true, directed);
    }

    boolean directed() {
        return directed;
    }

    /** Pairs of indexes into entities that are in text order. */
    List<List<Integer>> pairs(Place at, List<Entity> entities) throws CorpusException {
        List<List<Integer>> pairs = new ArrayList<>();
        for (int h = 0; h < entities.size(); h++)
            for (int t = 0; t < entities.size(); t++) {
                if (h == t || !allows(entities.get(h), entities.get(t))) continue;
                if (!directed && h > t && allows(entities.get(t), entities.get(h))) continue;
                pairs.add(List.of(h, t));
                if (pairs.size() > MOST) throw at.error("has more than " + MOST + " pairs to ask about, of " + entities.size() + " entities");
            }
        return pairs;
    }

    private boolean allows(Entity head, Entity tail) {
        return any || types.contains(new Types(head.type(), tail.type()));
    }
}
