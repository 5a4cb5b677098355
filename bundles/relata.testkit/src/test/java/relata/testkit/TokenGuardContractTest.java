package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.TokenGuard;

/** Guards with planted mistakes, each caught by the test that should. */
class TokenGuardContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("A guard, right or wrong")
    @Source("")
    record Planted(TokenGuard guard) implements ComponentProvider<TokenGuard, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public TokenGuard create(Config config, Parts parts) {
            return guard;
        }
    }

    private static TokenGuardContract<Config> contract(TokenGuard guard) {
        return new TokenGuardContract<>() {
            @Override
            public ComponentProvider<TokenGuard, Config> provider() {
                return new Planted(guard);
            }
        };
    }

    /** All between head and tail of each pair. */
    private static BitSet right(Example example) {
        BitSet between = new BitSet();
        for (int pair = 0; pair < example.pairs().size(); pair++) between.or(between(example, pair));
        return between;
    }

    private static BitSet between(Example example, int pair) {
        BitSet between = example.head(pair).tokens();
        between.or(example.tail(pair).tokens());
        between.set(between.nextSetBit(0), between.length());
        return between;
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(TokenGuardContract.class);
    }

    @Test
    void rightGuardsPass() {
        Mutants.assertPasses(contract(TokenGuardContractTest::right));
        Mutants.assertPasses(contract(FakeGuard::guarded));
    }

    @Test
    void wrongTokensAreCaught() {
        Mutants.assertCaught(contract(e -> {
            BitSet guarded = right(e);
            // counted from 1
            guarded.set(guarded.length());
            return guarded;
        }), "namesTokensOfThePassage");
        Mutants.assertCaught(contract(e -> null), "namesTokensOfThePassage");
        Mutants.assertCaught(contract(e -> new BitSet()), "guardsSomething");
        // taken for granted: three tokens
        Mutants.assertCaught(contract(e -> {
            e.passage().tokens().get(2);
            return right(e);
        }), "namesTokensOfThePassage");
        Mutants.assertCaught(contract(e -> between(e, 0)), "guardsWhatAnyPairNeeds");
        Mutants.assertCaught(contract(e -> {
            if (e.pairs().get(0).relations().contains(TinyCorpus.NONE)) return new BitSet();
            return right(e);
        }), "doesNotLookAtTheAnswers");
        // unknown answers unforeseen
        Mutants.assertCaught(contract(e -> {
            e.pairs().get(0).relations().get(0);
            return right(e);
        }), "doesNotLookAtTheAnswers", "namesTokensOfThePassage");
    }

    @Test
    void memoryIsCaught() {
        AtomicInteger asked = new AtomicInteger();
        Mutants.assertCaught(contract(e -> {
            BitSet guarded = right(e);
            if (asked.incrementAndGet() % 5 == 0) guarded.clear(guarded.nextSetBit(0));
            return guarded;
        }), "answersTheSameAgain");
        BitSet shared = new BitSet();
        Mutants.assertCaught(contract(e -> {
            shared.clear();
            shared.or(right(e));
            return shared;
        }), "givesASetOfItsOwn");
        Thread first = Thread.currentThread();
        Mutants.assertCaught(contract(e -> Thread.currentThread() == first ? right(e) : new BitSet()), "isTheSameInSeveralThreads");
        Map<Example, BitSet> known = new HashMap<>();
        Mutants.assertCaught(contract(e -> known.computeIfAbsent(e, TokenGuardContractTest::right)), "givesASetOfItsOwn");
    }

    @Test
    void aFailureShowsASmallExample() {
        Throwable failure = Mutants.failures(contract(e -> between(e, 0))).get("guardsWhatAnyPairNeeds");
        assertTrue(failure.getMessage().lines().filter(l -> l.contains("    pair ")).count() == 2, failure.getMessage());
    }
}
