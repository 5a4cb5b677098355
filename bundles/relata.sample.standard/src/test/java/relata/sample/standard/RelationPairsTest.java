package relata.sample.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.testkit.BatchSamplerContract;
import relata.testkit.TestParts;

class RelationPairsTest {
    @Nested
    class ProportionalTest extends BatchSamplerContract<RelationPairs.Config> {
        @Override
        public RelationPairs provider() {
            return new RelationPairs();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("size", 3);
        }

        @Override
        protected boolean holdsEveryExampleOnce() {
            return false;
        }

        @Override
        protected int fewest() {
            return 2;
        }
    }

    @Nested
    class OnceTest extends ProportionalTest {
        @Override
        public Map<String, ?> settings() {
            return Map.of("size", 3, "draw", "once", "negative", "none");
        }
    }

    private static List<Example> bags(Object... labelsAndSizes) {
        List<Example> examples = new ArrayList<>();
        for (int b = 0; b < labelsAndSizes.length; b += 2)
            for (int k = 0; k < (int) labelsAndSizes[b + 1]; k++) examples.add(example(examples.size(), ((String) labelsAndSizes[b]).split(" ")));
        return examples;
    }

    private static Example example(int number, String... labels) {
        Passage passage = new Passage("e" + number, List.of("a", "b"), List.of(0), List.of(Entity.of("h", "", 0, 1), Entity.of("t", "", 1, 2)), List.of());
        return new Example("e" + number, passage, List.of(new Pair(0, 1, List.of(labels))));
    }

    private static List<int[]> epoch(Map<String, ?> with, List<Example> examples, long seed) {
        List<int[]> batches = new ArrayList<>();
        TestParts.of().create(new RelationPairs(), with).epoch(examples, new SplittableRandom(seed)).forEachRemaining(batches::add);
        return batches;
    }

    private static String label(List<Example> examples, int index) {
        return examples.get(index).pairs().get(0).relations().get(0);
    }

    private static void assertPairs(List<Example> examples, List<int[]> batches) {
        for (int[] batch : batches) {
            assertEquals(0, batch.length % 2);
            for (int i = 0; i < batch.length; i += 2) {
                assertEquals(label(examples, batch[i]), label(examples, batch[i + 1]), "the two of a pair follow each other");
                assertNotEquals(batch[i], batch[i + 1]);
            }
        }
    }

    @Test
    void onceCutsEveryBagIntoPairs() {
        List<Example> examples = bags("often", 21, "seldom", 4, "single", 1, "none", 50);
        Map<String, ?> with = Map.of("size", 5, "draw", "once", "negative", "none");
        Set<List<Integer>> pairs = new HashSet<>();
        for (int seed = 0; seed < 5; seed++) {
            List<int[]> batches = epoch(with, examples, seed);
            assertEquals(List.of(10, 10, 4), batches.stream().map(b -> b.length).toList(), "ten pairs and two of the bags, the odd one left out");
            assertPairs(examples, batches);
            Map<String, Set<Integer>> seen = new TreeMap<>();
            for (int[] batch : batches) for (int i : batch) assertTrue(seen.computeIfAbsent(label(examples, i), l -> new HashSet<>()).add(i), "no example twice in an epoch");
            assertEquals(Set.of("often", "seldom"), seen.keySet());
            assertEquals(20, seen.get("often").size());
            for (int[] batch : batches) for (int i = 0; i < batch.length; i += 2) pairs.add(List.of(batch[i], batch[i + 1]));
        }
        assertTrue(pairs.size() > 40, "epochs cut the bags elsewhere: " + pairs.size() + " different pairs of 60");
    }

    @Test
    void proportionalDrawsRelationsByTheirSizeAndPairsEvenly() {
        List<Example> examples = bags("often", 300, "seldom", 100, "single", 1);
        Map<String, Integer> pairs = new TreeMap<>();
        Map<Integer, Integer> drawn = new TreeMap<>();
        int batches = 0;
        for (int seed = 0; seed < 20; seed++) {
            List<int[]> epoch = epoch(Map.of("size", 10), examples, seed);
            assertPairs(examples, epoch);
            batches += epoch.size();
            for (int[] batch : epoch) {
                assertEquals(20, batch.length, "every batch is full");
                assertEquals(20, Arrays.stream(batch).distinct().count(), "no example twice in a batch");
                for (int i = 0; i < batch.length; i += 2) pairs.merge(label(examples, batch[i]), 1, Integer::sum);
                for (int i : batch) drawn.merge(i, 1, Integer::sum);
            }
        }
        assertEquals(20 * 20, batches, "an epoch has as many pairs as the bags can be cut into: 200");
        assertEquals(Set.of("often", "seldom"), pairs.keySet());
        // five deviations of 4000 draws of probability 3/4
        assertEquals(3000, pairs.get("often"), 5 * Math.sqrt(4000 * 0.75 * 0.25));
        assertEquals(400, drawn.size(), "every example of a bag comes up");
        assertTrue(drawn.values().stream().allMatch(n -> n > 2 && n < 50), "none much more often than the others: " + drawn);
    }

    @Test
    void aBatchThatHasDrawnAllEndsThere() {
        List<Example> examples = bags("often", 5, "seldom", 2);
        List<int[]> batches = epoch(Map.of("size", 50), examples, 1);
        assertEquals(1, batches.size());
        assertPairs(examples, batches);
        assertEquals(6, batches.get(0).length, "two pairs of five, one of two");
    }

    @Test
    void theFirstLabelThatSaysSomethingCounts() {
        List<Example> examples = bags("none a", 2, "a b", 2, "none", 4);
        List<int[]> batches = epoch(Map.of("draw", "once", "negative", "none"), examples, 1);
        assertEquals(1, batches.size());
        assertEquals(List.of(0, 1, 2, 3), Arrays.stream(batches.get(0)).sorted().boxed().toList());
    }

    @Test
    void withoutABagThereIsNothingToPair() {
        for (String draw : List.of("once", "proportional")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> epoch(Map.of("draw", draw, "negative", "none"), bags("a", 1, "b", 1, "none", 9), 1));
            assertEquals("relation-pairs needs two examples of a relation, but none of 2 relations beside 'none' has two among 11 examples", e.getMessage());
        }
    }
}
