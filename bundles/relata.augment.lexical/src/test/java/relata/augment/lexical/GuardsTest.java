package relata.augment.lexical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.TokenGuard;
import relata.testkit.FakeParser;
import relata.testkit.TestParts;
import relata.testkit.TokenGuardContract;

/** The fake parser hangs token k of a sentence from token k / 2. */
class GuardsTest {
    private static final List<String> TOKENS = List.of("a b c d e f g h . i j k l m".split(" "));
    private static final Entity FIVE = Entity.of("five", "", 5, 6);
    private static final Entity SIX_OR_SEVEN = new Entity("six-or-seven", "", List.of(Mention.of(6, 7), Mention.of(7, 8)));
    private static final Entity NEXT_SENTENCE = Entity.of("next", "", 13, 14);

    private static Example example(Pair... pairs) {
        return new Example("e", new Passage("e", TOKENS, List.of(0, 9), List.of(FIVE, SIX_OR_SEVEN, NEXT_SENTENCE), List.of()), List.of(pairs));
    }

    private static Pair pair(int head, int tail) {
        return new Pair(head, tail, List.of());
    }

    private static BitSet set(int... tokens) {
        BitSet set = new BitSet();
        for (int t : tokens) set.set(t);
        return set;
    }

    @Nested
    class ShortestPathOnes extends TokenGuardContract<ShortestPathGuard.Config> {
        @Override
        public ComponentProvider<TokenGuard, ShortestPathGuard.Config> provider() {
            return new ShortestPathGuard();
        }

        @Override
        public TestParts parts() {
            return TestParts.of(new FakeParser());
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("parser", "{ use: fake }");
        }

        @Test
        void keepsThePathOfAPair() {
            // 5 - 2 - 1 - 3 - 6 or 7: the first of the two
            assertEquals(set(5, 2, 1, 3, 6), part().guarded(example(pair(0, 1))));
        }

        @Test
        void keepsThePathsOfAllPairs() {
            // over the roots 0 and 9 to 13, which hangs from 11, which hangs from 10
            assertEquals(set(5, 2, 1, 0, 9, 10, 11, 13), part().guarded(example(pair(0, 2))));
            assertEquals(set(5, 2, 1, 0, 3, 6, 9, 10, 11, 13), part().guarded(example(pair(0, 2), pair(1, 0))));
        }
    }

    @Nested
    class EntitiesOnes extends TokenGuardContract<EntitiesGuard.Config> {
        @Override
        public ComponentProvider<TokenGuard, EntitiesGuard.Config> provider() {
            return new EntitiesGuard();
        }

        @Test
        void keepsAllEntities() {
            assertEquals(set(5, 6, 7, 13), part().guarded(example(pair(0, 1))));
        }
    }
}
