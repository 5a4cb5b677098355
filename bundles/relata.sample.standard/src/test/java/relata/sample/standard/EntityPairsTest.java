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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.testkit.BatchSamplerContract;
import relata.testkit.TestParts;

class EntityPairsTest extends BatchSamplerContract<EntityPairs.Config> {
    @Override
    public EntityPairs provider() {
        return new EntityPairs();
    }

    @Override
    protected boolean holdsEveryExampleOnce() {
        return false;
    }

    @Override
    protected int fewest() {
        return 18;
    }

    private static Example example(int number, String head, String tail) {
        List<Entity> entities = List.of(Entity.of(head, "", 0, 1), Entity.of(tail, "", 2, 3));
        return new Example("x" + number, new Passage("x" + number, List.of("A", "of", "B" + number), List.of(), entities, List.of()), List.of(new Pair(0, 1, List.of())));
    }

    /** So many examples of each pair, written {@code 3 A B}; their order alternates. */
    private static List<Example> corpus(String... groups) {
        List<Example> examples = new ArrayList<>();
        for (int round = 0; round < 100; round++)
            for (String group : groups) {
                String[] words = group.split(" ");
                if (round < Integer.parseInt(words[0])) examples.add(example(examples.size(), words[1], words[2]));
            }
        return examples;
    }

    private static List<int[]> epoch(Map<String, ?> settings, List<Example> examples, long seed) {
        List<int[]> batches = new ArrayList<>();
        TestParts.of().create(new EntityPairs(), settings).epoch(examples, new SplittableRandom(seed)).forEachRemaining(batches::add);
        return batches;
    }

    /** How many entities two examples share, each in its role. */
    private static int shared(Example a, Example b) {
        return (a.head(0).id().equals(b.head(0).id()) ? 1 : 0) + (a.tail(0).id().equals(b.tail(0).id()) ? 1 : 0);
    }

    /** The numbers of drawn pairs that share no, one, two entities. */
    private static List<Integer> counts(List<int[]> batches, List<Example> examples) {
        Integer[] counts = {0, 0, 0};
        for (int[] batch : batches) for (int i = 0; i < batch.length; i += 2) counts[shared(examples.get(batch[i]), examples.get(batch[i + 1]))]++;
        return Arrays.asList(counts);
    }

    private static final String[] GROUPS = {"4 a p", "3 a q", "2 b p", "5 c r", "1 a r", "1 d s", "2 p a", "9 e t"};

    @Test
    void positivesAreAllPairsOfAGroupAndNegativesAsMany() {
        List<Example> examples = corpus(GROUPS);
        // 6 + 3 + 1 + 10 + 1 + 36 positive pairs; 20 hard ones: 4·3 with head a, 4·2 with tail p
        for (long seed = 0; seed < 5; seed++) {
            List<Integer> hard = counts(epoch(Map.of("size", 2, "hard", 1), examples, seed), examples);
            assertEquals(57, hard.get(2));
            assertTrue(hard.get(1) >= 18 && hard.get(0) >= 25, "hard ones first, then others, but for the few that find no place: " + hard);
            List<Integer> any = counts(epoch(Map.of("size", 2, "hard", 0), examples, seed), examples);
            assertTrue(any.get(2) == 57 && any.get(1) < 15 && any.get(0) > 38, any.toString());
        }
    }

    @Test
    void mostKeepsTheFirst() {
        List<Example> examples = corpus(GROUPS);
        List<int[]> batches = epoch(Map.of("size", 2, "most", 3, "hard", 1), examples, 1);
        // 3 + 3 + 1 + 3 + 1 + 3 pairs
        List<Integer> counts = counts(batches, examples);
        assertTrue(counts.get(0) == 0 && counts.get(1) >= 12 && counts.get(2) == 14, counts.toString());
        Set<Integer> drawn = new TreeSet<>();
        batches.forEach(b -> Arrays.stream(b).filter(i -> examples.get(i).head(0).id().equals("e")).forEach(drawn::add));
        List<Integer> first = new ArrayList<>();
        for (int i = 0; first.size() < 3; i++) if (examples.get(i).head(0).id().equals("e")) first.add(i);
        assertEquals(first, List.copyOf(drawn));
    }

    @Test
    void everyPositivePairComesOnceAnEpochAndNegativesChange() {
        List<Example> examples = corpus(GROUPS);
        Set<Set<Integer>> positive = new HashSet<>();
        List<Set<Set<Integer>>> negative = new ArrayList<>();
        for (long seed = 0; seed < 2; seed++) {
            negative.add(new HashSet<>());
            positive.clear();
            for (int[] batch : epoch(Map.of("size", 2, "hard", 0.2), examples, seed)) {
                assertTrue(positive.add(Set.of(batch[0], batch[1])), "a positive pair twice");
                if (batch.length == 4) negative.get((int) seed).add(Set.of(batch[2], batch[3]));
            }
            assertEquals(57, positive.size());
        }
        assertNotEquals(negative.get(0), negative.get(1));
    }

    @Test
    void halfOfABatchIsPositiveAndNothingIsInItTwice() {
        List<String> groups = new ArrayList<>();
        for (int h = 0; h < 30; h++) for (int t = 0; t < 4; t++) groups.add("3 h" + h + " t" + (h + t) % 30);
        List<Example> examples = corpus(groups.toArray(String[]::new));
        List<int[]> batches = epoch(Map.of("size", 16, "hard", 1), examples, 3);
        assertEquals(45, batches.size());
        int full = 0;
        for (int[] batch : batches) {
            assertEquals(batch.length, Arrays.stream(batch).distinct().count());
            if (batch.length == 32 && counts(List.of(batch), examples).equals(List.of(0, 8, 8))) full++;
        }
        assertTrue(full >= 43, full + " batches of 8 and 8");
    }

    /** A group of 8 has 28 pairs, of which a batch can hold 4: those without a place are left out, and no batch is empty. */
    @Test
    void whatFindsNoPlaceIsLeftOut() {
        List<int[]> batches = epoch(Map.of("size", 32), corpus("8 a p"), 1);
        assertEquals(2, batches.size());
        for (int[] batch : batches) assertEquals(8, Arrays.stream(batch).distinct().count());
    }

    @Test
    void crossPairsAreAllPairsOfDifferentGroupsOfAFamily() {
        CrossPairs cross = new CrossPairs(List.of(List.of(new int[] {0, 1}, new int[] {2}, new int[] {3, 4, 5}), List.of(new int[] {6}, new int[] {7, 8})));
        Set<String> expected = new TreeSet<>(Set.of("0-2", "1-2", "0-3", "0-4", "0-5", "1-3", "1-4", "1-5", "2-3", "2-4", "2-5", "6-7", "6-8"));
        Set<String> numbered = new TreeSet<>();
        for (long n = 0; n < cross.count(); n++) numbered.add(cross.pair(n)[0] + "-" + cross.pair(n)[1]);
        assertEquals(expected, numbered);
        assertEquals(13, cross.count());
        Set<String> drawn = new TreeSet<>();
        for (int[] pair : cross.draw(20, new SplittableRandom(1))) assertTrue(drawn.add(pair[0] + "-" + pair[1]));
        assertEquals(expected, drawn);
        // each about as often as any other: 4 of 13, 2,600 times, is 800 each
        int[] often = new int[9];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 2600; i++) for (int[] pair : cross.draw(4, random)) if (pair[0] == 6) often[pair[1]]++;
        assertTrue(Math.abs(often[7] - 800) < 100 && Math.abs(often[8] - 800) < 100, Arrays.toString(often));
    }

    @Test
    void withoutARecurringPairThereIsNothingToMatch() {
        List<Example> examples = corpus("1 a p", "1 a q");
        assertEquals("entity-pairs needs examples of the same two entities, but none of the 2 examples shares its head and tail with another; with 'names: true' entities are told by name",
                assertThrows(IllegalArgumentException.class, () -> epoch(Map.of(), examples, 1)).getMessage());
    }

    @Test
    void namesTellEntitiesIfAskedFor() {
        List<Example> examples = List.of(example(1, "a", "p"), example(1, "b", "q"), example(2, "a", "p"));
        assertEquals(Set.of(0, 2), Set.copyOf(Arrays.stream(epoch(Map.of("size", 2), examples, 1).get(0)).boxed().toList()));
        assertEquals(Set.of(0, 1), Set.copyOf(Arrays.stream(epoch(Map.of("size", 2, "names", true), examples, 1).get(0)).boxed().toList()));
    }

    @Test
    void anOddSizeIsWrong() {
        assertTrue(assertThrows(RuntimeException.class, () -> epoch(Map.of("size", 3), corpus("2 a p"), 1)).getMessage().contains("size was 3 but must be even"));
    }
}
