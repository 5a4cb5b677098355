package relata.augment.lexical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Augmenter;
import relata.api.view.View;
import relata.testkit.AugmenterContract;
import relata.testkit.FakeGuard;
import relata.testkit.TestParts;

class RandomDeletionTest implements AugmenterContract<RandomDeletion.Config> {
    @Override
    public ComponentProvider<Augmenter, RandomDeletion.Config> provider() {
        return new RandomDeletion();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new FakeGuard());
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("keep", "[ { use: fake } ]", "rate", 0.4, "views", 2);
    }

    @Override
    public BitSet guarded(Example example) {
        return FakeGuard.guarded(example);
    }

    private static final Example EXAMPLE = new Example("e",
            new Passage("e", IntStream.range(0, 11).mapToObj(i -> "w" + i).toList(), List.of(0, 5), List.of(Entity.of("e", "", 7, 8)), List.of()), List.of(new Pair(0, 0, List.of())));

    private View draw(double rate, int seed) {
        return parts().create(provider(), Map.of("rate", rate)).augment(EXAMPLE, new Random(seed)).get(0);
    }

    @Test
    void dropsEachFreeTokenWithTheProbability() {
        int[] left = new int[11];
        Random random = new Random(1);
        Augmenter part = parts().create(provider(), Map.of("rate", 0.1));
        for (int draw = 0; draw < 10000; draw++) part.augment(EXAMPLE, random).get(0).origin().forEach(o -> left[o]++);
        // five standard deviations of a binomial with n 10000 and p 0.9
        for (int i = 0; i < 11; i++)
            if (i != 7) assertEquals(9000, left[i], 150, "token " + i);
        assertEquals(10000, left[7], "the entity");
    }

    @Test
    void leavesTheEntitiesIfAllElseGoes() {
        View view = draw(1, 3);
        assertEquals(List.of("w7"), view.passage().tokens());
        assertEquals(List.of(Mention.of(0, 1)), view.passage().entities().get(0).mentions());
        assertEquals(List.of(0), view.passage().sentences());
        assertEquals(View.of(EXAMPLE), draw(0, 3));
    }
}
