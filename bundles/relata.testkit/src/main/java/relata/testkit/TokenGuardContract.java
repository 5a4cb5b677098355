package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.view.TokenGuard;

/**
 * What holds for every guard. Extend it and name the provider.
 *
 * @param <C> the record of its settings
 */
public abstract class TokenGuardContract<C extends Record> implements ProviderContract<TokenGuard, C> {
    /** What it is tried on, beside what is odd: sentences and a document. A guard that knows few texts must know these. */
    protected List<Example> examples() {
        List<Example> examples = new ArrayList<>(TinyCorpus.corpus().splits().get("train"));
        examples.add(TinyCorpus.document());
        examples.add(TinyCorpus.example("close", "<h:A a> <t:B b>"));
        examples.add(TinyCorpus.example("numbers", "In 1998 the <h:THING bottle> held 25 cl of <t:MATERIAL water> ."));
        examples.add(TinyCorpus.example("repeats", "the <h:A cat> , the cat and the <t:A cat>", "made-of"));
        return examples;
    }

    @Test
    void namesTokensOfThePassage() {
        TokenGuard guard = part();
        each(example -> {
            BitSet guarded = guard.guarded(example);
            assertNotNull(guarded, "a guard that keeps nothing gives an empty set");
            int tokens = example.passage().tokens().size();
            assertTrue(guarded.length() <= tokens, () -> "a guard must name tokens by their index from 0 to " + (tokens - 1) + ", but named " + guarded);
        });
    }

    @Test
    void guardsSomething() {
        TokenGuard guard = part();
        assertTrue(examples().stream().anyMatch(e -> !guard.guarded(e).isEmpty()), () -> "a guard must keep some token of some of its " + examples().size() + " examples");
    }

    @Test
    void doesNotLookAtTheAnswers() {
        TokenGuard guard = part();
        each(example -> {
            Example bare = new Example(example.id(), example.passage(), example.pairs().stream().map(p -> new Pair(p.head(), p.tail(), List.of())).toList());
            assertEquals(guard.guarded(bare).clone(), guard.guarded(example), "what is guarded must not depend on the pairs' relations: they are unknown when a model is used");
        });
    }

    @Test
    void guardsWhatAnyPairNeeds() {
        TokenGuard guard = part();
        each(example -> {
            BitSet all = (BitSet) guard.guarded(example).clone();
            for (Pair pair : example.pairs()) {
                BitSet missing = (BitSet) guard.guarded(new Example(example.id(), example.passage(), List.of(pair))).clone();
                missing.andNot(all);
                assertTrue(missing.isEmpty(), () -> "of several pairs a guard must keep what any of them needs, but for pair " + pair.head() + " -> " + pair.tail() + " these tokens are missing: " + missing);
            }
        });
    }

    @Test
    void answersTheSameAgain() {
        TokenGuard guard = part(), alike = part();
        each(example -> {
            BitSet first = (BitSet) guard.guarded(example).clone();
            guard.guarded(TinyCorpus.document());
            assertEquals(first, guard.guarded(example), "a guard must not depend on chance or on what it saw before");
            assertEquals(first, alike.guarded(example), "two guards of equal settings must agree");
        });
    }

    @Test
    void givesASetOfItsOwn() {
        TokenGuard guard = part();
        each(example -> {
            BitSet first = guard.guarded(example);
            BitSet expected = (BitSet) first.clone();
            guard.guarded(TinyCorpus.document());
            assertEquals(expected, first, "a guard must give a new set each time, but a later question changed an earlier answer");
            // augmenters add what they keep themselves
            first.flip(0, example.passage().tokens().size());
            assertEquals(expected, guard.guarded(example), "a guard must give a new set each time: the one that it gave is changed by who asked");
        });
    }

    @Test
    void isTheSameInSeveralThreads() throws InterruptedException {
        TokenGuard guard = part();
        List<BitSet> expected = examples().stream().map(guard::guarded).toList();
        for (List<BitSet> sets : Together.results(thread -> examples().stream().map(guard::guarded).toList())) assertEquals(expected, sets, "answers in several threads must not mix");
    }

    private void each(Smallest.Check<Example> check) {
        Smallest.example().all(examples(), check);
    }
}
