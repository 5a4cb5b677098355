package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

class EvaluateTest {
    private static final List<String> LABELS = List.of("binds", "none");

    private static Example example(String... gold) {
        Passage passage = new Passage("p", List.of("drug", "binds", "gene"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
        return new Example("p", passage, List.of(new Pair(0, 1, List.of(gold))));
    }

    @Test
    void onlyForeignLabelsAreRefused() {
        assertTrue(Evaluate.knowsNone(LABELS, List.of(example("cuts"), example(), example("cuts", "holds"))));
        assertFalse(Evaluate.knowsNone(LABELS, List.of(example("cuts"), example("holds", "binds"))));
    }

    @Test
    void whatHasNoAnswersCanBePredicted() {
        assertFalse(Evaluate.knowsNone(LABELS, List.of(example(), example())));
        assertFalse(Evaluate.knowsNone(LABELS, List.of()));
    }
}
