package relata.augment.lexical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Augmenter;
import relata.api.view.View;
import relata.testkit.AugmenterContract;
import relata.testkit.FakeGuard;
import relata.testkit.TestParts;

class RandomSwapTest implements AugmenterContract<RandomSwap.Config> {
    @Override
    public ComponentProvider<Augmenter, RandomSwap.Config> provider() {
        return new RandomSwap();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new FakeGuard());
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("keep", "[ { use: fake } ]", "rate", 0.3, "views", 2);
    }

    @Override
    public BitSet guarded(Example example) {
        return FakeGuard.guarded(example);
    }

    private static Example numbered(int n, int entity) {
        List<String> tokens = IntStream.range(0, n).mapToObj(i -> "w" + i).toList();
        return new Example("e", new Passage("e", tokens, List.of(0), List.of(Entity.of("e", "", entity, entity + 1)), List.of()), List.of(new Pair(0, 0, List.of())));
    }

    private View draw(double rate, Example example, int seed) {
        return parts().create(provider(), Map.of("rate", rate)).augment(example, new Random(seed)).get(0);
    }

    @Test
    void swapsTwoTokensOfOneSwap() {
        TreeSet<String> swaps = new TreeSet<>();
        for (int seed = 0; seed < 1000; seed++) {
            View view = draw(0.1, numbered(6, 2), seed);
            List<Integer> moved = new ArrayList<>();
            for (int i = 0; i < 6; i++) if (view.origin().get(i) != i) moved.add(i);
            assertEquals(2, moved.size(), "one swap of two different positions");
            assertEquals(moved.get(1), view.origin().get(moved.get(0)));
            assertEquals(moved.get(0), view.origin().get(moved.get(1)));
            swaps.add(moved.toString());
        }
        assertEquals(10, swaps.size(), "each two of the five free tokens, the last one too: " + swaps);
    }

    @Test
    void makesAsManySwapsAsTheRateSays() {
        // three swaps move up to six tokens, and among many draws some do
        int most = IntStream.range(0, 500).map(seed -> (int) IntStream.range(0, 30).filter(i -> draw(0.1, numbered(30, 0), seed).origin().get(i) != i).count()).max().orElseThrow();
        assertEquals(6, most);
        assertEquals(View.of(numbered(30, 0)), draw(0, numbered(30, 0), 1));
    }

    @Test
    void aPairOfFreeTokensIsEnoughAndOneIsNot() {
        assertEquals(List.of("w2", "w1", "w0"), draw(0.1, numbered(3, 1), 5).passage().tokens());
        assertEquals(List.of("w0", "w1"), draw(1, numbered(2, 1), 5).passage().tokens());
    }
}
