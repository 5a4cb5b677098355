package relata.sample.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.BatchSampler;
import relata.testkit.BatchSamplerContract;
import relata.testkit.TestParts;

class SamplersTest {
    @Nested
    class ShuffledTest extends BatchSamplerContract<Shuffled.Config> {
        @Override
        public Shuffled provider() {
            return new Shuffled();
        }
    }

    @Nested
    class ShuffledWithoutBucketsTest extends BatchSamplerContract<Shuffled.Config> {
        @Override
        public Shuffled provider() {
            return new Shuffled();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("bucket", false, "size", 3);
        }
    }

    @Nested
    class DroppingTest extends BatchSamplerContract<Shuffled.Config> {
        @Override
        public Shuffled provider() {
            return new Shuffled();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("dropLast", true);
        }

        @Override
        protected boolean holdsEveryExampleOnce() {
            return false;
        }
    }

    @Nested
    class SequentialTest extends BatchSamplerContract<Sequential.Config> {
        @Override
        public Sequential provider() {
            return new Sequential();
        }

        @Override
        protected boolean random() {
            return false;
        }
    }

    @Nested
    class ClassBalancedTest extends BatchSamplerContract<ClassBalanced.Config> {
        @Override
        public ClassBalanced provider() {
            return new ClassBalanced();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("classes", 2, "perClass", 5);
        }

        @Override
        protected boolean holdsEveryExampleOnce() {
            return false;
        }
    }

    @Nested
    class EpisodicTest extends BatchSamplerContract<Episodic.Config> {
        @Override
        public Episodic provider() {
            return new Episodic();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("ways", 2);
        }

        @Override
        protected boolean holdsEveryExampleOnce() {
            return false;
        }

        @Override
        protected int fewest() {
            // the first examples are four of one label, then those of another
            return 6;
        }
    }

    private static Example example(int id, int length, String... labels) {
        List<String> tokens = IntStream.range(0, length).mapToObj(i -> "w" + i).toList();
        List<Entity> entities = List.of(Entity.of("h", "", 0, 1), Entity.of("t", "", 1, 2));
        return new Example("e" + id, new Passage("e" + id, tokens, List.of(0), entities, List.of()), List.of(new Pair(0, 1, List.of(labels))));
    }

    private static List<Example> lengths(int n) {
        Random random = new Random(1);
        return IntStream.range(0, n).mapToObj(i -> example(i, 2 + random.nextInt(60), "r")).toList();
    }

    private static List<int[]> epoch(ComponentProvider<BatchSampler, ?> provider, Map<String, ?> settings, List<Example> examples, long seed) {
        List<int[]> batches = new ArrayList<>();
        TestParts.of().create(provider, settings).epoch(examples, new SplittableRandom(seed)).forEachRemaining(batches::add);
        return batches;
    }

    private static long padded(List<int[]> batches, List<Example> examples) {
        return batches.stream().mapToLong(b -> (long) b.length * Arrays.stream(b).map(i -> examples.get(i).passage().tokens().size()).max().orElseThrow()).sum();
    }

    @Test
    void sizesOfBatches() {
        List<List<Integer>> sizes = new ArrayList<>();
        for (int n : new int[] {1, 4, 8, 9, 10})
            for (boolean drop : new boolean[] {false, true})
                sizes.add(epoch(new Sequential(), Map.of("size", 4, "dropLast", drop), lengths(n), 1).stream().map(b -> b.length).toList());
        assertEquals(List.of(List.of(1), List.of(1), List.of(4), List.of(4), List.of(4, 4), List.of(4, 4), List.of(4, 5), List.of(4, 4), List.of(4, 4, 2), List.of(4, 4)), sizes);
    }

    @Test
    void sequentialKeepsTheOrder() {
        List<int[]> batches = epoch(new Sequential(), Map.of("size", 3), lengths(7), 1);
        assertArrayEquals(new int[] {0, 1, 2}, batches.get(0));
        assertArrayEquals(new int[] {3, 4, 5, 6}, batches.get(1));
    }

    @Test
    void bucketsSavePadding() {
        List<Example> examples = lengths(2000);
        long tokens = examples.stream().mapToLong(e -> e.passage().tokens().size()).sum();
        long with = padded(epoch(new Shuffled(), Map.of("size", 16), examples, 1), examples);
        long without = padded(epoch(new Shuffled(), Map.of("size", 16, "bucket", false), examples, 1), examples);
        assertTrue(with < 1.1 * tokens && without > 1.5 * tokens, with + " and " + without + " of " + tokens);
    }

    @Test
    void bucketsComeInNoOrderOfLength() {
        List<Example> examples = lengths(800);
        List<Integer> longest = epoch(new Shuffled(), Map.of("size", 16), examples, 2).stream()
                .map(b -> Arrays.stream(b).map(i -> examples.get(i).passage().tokens().size()).max().orElseThrow()).toList();
        long rises = IntStream.range(1, longest.size()).filter(i -> longest.get(i) > longest.get(i - 1)).count();
        assertTrue(rises > 10 && rises < 40, rises + " rises in " + longest);
    }

    @Test
    void whoMeetsChangesFromEpochToEpoch() {
        List<Example> examples = lengths(320);
        Set<Set<Integer>> first = new HashSet<>();
        for (int[] b : epoch(new Shuffled(), Map.of("size", 8), examples, 1)) first.add(new HashSet<>(Arrays.stream(b).boxed().toList()));
        long again = epoch(new Shuffled(), Map.of("size", 8), examples, 2).stream().filter(b -> first.contains(new HashSet<>(Arrays.stream(b).boxed().toList()))).count();
        assertEquals(0, again);
    }

    @Test
    void classesAreBalancedAndAllAreDrawn() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 90; i++) examples.add(example(i, 2, "often"));
        for (int i = 90; i < 100; i++) examples.add(example(i, 2, "seldom"));
        for (int i = 100; i < 103; i++) examples.add(example(i, 2, "rare"));
        for (int i = 103; i < 110; i++) examples.add(example(i, 2));
        List<int[]> batches = epoch(new ClassBalanced(), Map.of("classes", 2, "perClass", 4), examples, 3);
        assertEquals(13, batches.size());
        Map<String, Integer> drawn = new TreeMap<>();
        Set<Integer> seen = new HashSet<>();
        for (int[] batch : batches) {
            Map<String, Integer> here = new TreeMap<>();
            for (int i : batch) {
                here.merge(examples.get(i).pairs().get(0).relations().get(0), 1, Integer::sum);
                seen.add(i);
            }
            assertEquals(2, here.size());
            here.forEach((label, n) -> assertEquals(label.equals("rare") ? 3 : 4, n, label));
            here.keySet().forEach(label -> drawn.merge(label, 1, Integer::sum));
        }
        assertTrue(drawn.values().stream().allMatch(n -> n >= 8 && n <= 9), drawn.toString());
        assertTrue(IntStream.range(90, 103).allMatch(seen::contains), "rare labels come round completely");
        assertTrue(IntStream.range(103, 110).noneMatch(seen::contains), "without a label never");
    }

    @Test
    void withoutLabelsThereIsNothingToBalance() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> epoch(new ClassBalanced(), Map.of(), List.of(example(1, 2)), 1));
        assertEquals("class-balanced batches need labels, but none of the 1 examples has one; 'shuffled' needs none", e.getMessage());
    }

    /** Ten examples of each of five labels in turns, then one of several labels and one of none. */
    private static List<Example> five() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 50; i++) examples.add(example(i, 2, "r" + i % 5));
        examples.add(example(50, 2, "r0", "r1"));
        examples.add(example(51, 2));
        examples.add(example(52, 2, "rare"));
        return examples;
    }

    @Test
    void anEpisodeHasItsLabelsOneAfterTheOtherAndThenOthers() {
        List<int[]> batches = epoch(new Episodic(), Map.of("ways", 3, "shots", 2, "queries", 1, "none", 4, "episodes", 40), five(), 1);
        assertEquals(40, batches.size());
        Set<Integer> seen = new HashSet<>();
        for (int[] batch : batches) {
            assertEquals(3 * 3 + 4, batch.length);
            Set<Integer> labels = new HashSet<>();
            for (int n = 0; n < 3; n++) {
                assertEquals(1, Arrays.stream(batch, 3 * n, 3 * n + 3).map(i -> i % 5).distinct().count(), Arrays.toString(batch));
                assertTrue(labels.add(batch[3 * n] % 5), "a label twice");
            }
            Map<Integer, Integer> others = new TreeMap<>();
            for (int i = 9; i < 13; i++) others.merge(batch[i] % 5, 1, Integer::sum);
            assertTrue(others.keySet().stream().noneMatch(labels::contains) && others.values().stream().allMatch(n -> n == 2), others.toString());
            for (int i : batch) seen.add(i);
        }
        assertTrue(seen.stream().allMatch(i -> i < 50), "only examples of one label, of which there are enough");
        assertEquals(50, seen.size(), "all of them come");
    }

    @Test
    void theNegativeLabelIsInNoEpisode() {
        String negative = five().get(0).pairs().get(0).relations().get(0);
        for (int[] batch : epoch(new Episodic(), Map.of("ways", 2, "none", 3, "episodes", 40, "negative", negative), five(), 1))
            for (int i : batch) assertNotEquals(negative, five().get(i).pairs().get(0).relations().get(0));
    }

    @Test
    void anEpochOfEpisodesDrawsAsManyExamplesAsThereAre() {
        assertEquals(5, epoch(new Episodic(), Map.of("ways", 5), five(), 1).size());
        assertEquals(4, epoch(new Episodic(), Map.of("ways", 5, "queries", 2), five(), 1).size());
    }

    @Test
    void episodesNeedEnoughLabels() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> epoch(new Episodic(), Map.of("ways", 5, "none", 1), five(), 1));
        assertEquals("episodes of 5 labels with 2 examples each, and one label for the others, need 6 labels of so many examples, but only these have so many: r0, r1, r2, r3, r4", e.getMessage());
    }
}
