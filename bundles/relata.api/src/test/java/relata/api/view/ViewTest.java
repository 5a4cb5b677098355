package relata.api.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

class ViewTest {
    private static final List<Entity> ENTITIES = List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2));
    private static final Example EXAMPLE = new Example("e", passage("the", "cat", "sat", "on", "it"), List.of(new Pair(0, 1, List.of())));

    private static Passage passage(String... tokens) {
        return new Passage("p", List.of(tokens), List.of(), ENTITIES, List.of());
    }

    private static BitSet changed(Passage passage, Integer... origin) {
        return new View(EXAMPLE, passage, List.of(origin)).changed();
    }

    private static BitSet at(int... positions) {
        BitSet set = new BitSet();
        for (int p : positions) set.set(p);
        return set;
    }

    @Test
    void anExampleItselfIsUnchanged() {
        assertEquals(at(), View.of(EXAMPLE).changed());
    }

    @Test
    void aSwapChangesItsTwoTokensAndNoneBetween() {
        assertEquals(at(0, 4), changed(passage("it", "cat", "sat", "on", "the"), 4, 1, 2, 3, 0));
        assertEquals(at(2, 3), changed(passage("the", "cat", "on", "sat", "it"), 0, 1, 3, 2, 4));
    }

    @Test
    void replacedAndNewTokensAreChangedAndWhatFollowsIsNot() {
        assertEquals(at(2), changed(passage("the", "cat", "stood", "on", "it"), 0, 1, 2, 3, 4));
        assertEquals(at(2, 3), changed(passage("the", "cat", "lay", "down", "on", "it"), 0, 1, 2, 2, 3, 4));
        assertEquals(at(2, 3), changed(passage("the", "cat", "just", "sat", "on", "it"), 0, 1, 2, 2, 3, 4));
        assertEquals(at(1), changed(passage("the", "big", "cat", "sat", "on", "it"), 0, -1, 1, 2, 3, 4));
    }

    @Test
    void aDeletionChangesNoneOfTheTokensThatStay() {
        assertEquals(at(), changed(passage("the", "cat", "on", "it"), 0, 1, 3, 4));
    }

    @Test
    void aViewKeepsItsEntitiesAndAnOriginForEachToken() {
        assertThrows(IllegalArgumentException.class, () -> new View(EXAMPLE, passage("the", "cat"), List.of(0)));
        Passage without = new Passage("p", List.of("the", "cat"), List.of(), List.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> new View(EXAMPLE, without, List.of(0, 1)));
    }
}
