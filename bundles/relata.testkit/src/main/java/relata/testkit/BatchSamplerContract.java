package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Example;
import relata.api.view.BatchSampler;

/**
 * What holds for every batch sampler. Extend it and name the provider.
 *
 * @param <C> the record of its settings
 */
public abstract class BatchSamplerContract<C extends Record> implements ProviderContract<BatchSampler, C> {
    /** False if an epoch need not hold every example once, e.g. because classes are balanced or a last batch is dropped. */
    protected boolean holdsEveryExampleOnce() {
        return true;
    }

    /** False if all epochs are the same. */
    protected boolean random() {
        return true;
    }

    /** The fewest examples that it can make a batch of: more than 1 if it needs such as belong together. The tiny corpus repeats itself after 17. */
    protected int fewest() {
        return 1;
    }

    @Test
    void givesAsManyBatchesAsItAnnounces() {
        each(examples -> {
            BatchSampler sampler = part();
            assertEquals(sampler.batches(examples), epoch(sampler, examples, 1).size(), examples.size() + " examples: batches() must be the number of batches of an epoch");
            assertEquals(sampler.batches(examples), epoch(sampler, examples, 2).size(), examples.size() + " examples, another epoch");
            assertTrue(sampler.batches(examples) > 0, "an epoch must have a batch");
        });
    }

    @Test
    void givesIndexesOfExamplesOnceInABatch() {
        each(examples -> {
            for (List<Integer> batch : epoch(part(), examples, 3)) {
                assertTrue(!batch.isEmpty(), "an empty batch");
                assertTrue(batch.stream().allMatch(i -> i >= 0 && i < examples.size()), () -> "an index beyond the " + examples.size() + " examples: " + batch);
                assertEquals(batch.size(), Set.copyOf(batch).size(), () -> "an example twice in a batch: " + batch);
            }
        });
    }

    @Test
    void givesNoBatchOfOneIfThereAreMore() {
        each(examples -> {
            if (examples.size() > 1)
                for (List<Integer> batch : epoch(part(), examples, 4)) assertTrue(batch.size() > 1, () -> examples.size() + " examples: a batch of one has no negatives");
        });
    }

    @Test
    void givesEveryExampleOnceUnlessItSaysSo() {
        Assumptions.assumeTrue(holdsEveryExampleOnce(), "need not hold every example");
        each(examples -> {
            List<Integer> all = new ArrayList<>();
            epoch(part(), examples, 5).forEach(all::addAll);
            assertEquals(examples.size(), all.size(), "an epoch must hold every example once; override holdsEveryExampleOnce() if that is not meant");
            assertEquals(examples.size(), new HashSet<>(all).size(), "an epoch must hold every example once; override holdsEveryExampleOnce() if that is not meant");
        });
    }

    @Test
    void givesTheSameForTheSameGenerator() {
        List<Example> examples = examples(100);
        BatchSampler sampler = part();
        List<List<Integer>> first = epoch(sampler, examples, 6);
        assertEquals(first, epoch(sampler, examples, 6), "the same generator state must give the same batches, in a later epoch too");
        assertEquals(first, epoch(part(), examples, 6), "the same generator state must give the same batches");
    }

    @Test
    void givesOtherBatchesForOtherGeneratorsUnlessItSaysSo() {
        List<Example> examples = examples(100);
        BatchSampler sampler = part();
        if (random()) assertNotEquals(epoch(sampler, examples, 7), epoch(sampler, examples, 8), "another generator must give other batches; override random() if that is not meant");
        else assertEquals(epoch(sampler, examples, 7), epoch(sampler, examples, 8), "a sampler that is not random must give the same batches");
    }

    @Test
    void twoEpochsMayBeReadAtOnce() {
        List<Example> examples = examples(50);
        BatchSampler sampler = part();
        List<List<Integer>> alone = epoch(sampler, examples, 9);
        Iterator<int[]> one = sampler.epoch(examples, new SplittableRandom(9));
        Iterator<int[]> two = sampler.epoch(examples, new SplittableRandom(10));
        List<List<Integer>> mixed = new ArrayList<>();
        while (one.hasNext()) {
            mixed.add(list(one.next()));
            if (two.hasNext()) two.next();
        }
        assertEquals(alone, mixed, "an epoch must not change while another one is read");
    }

    @Test
    void ends() {
        List<Example> examples = examples(Math.max(10, fewest()));
        Iterator<int[]> batches = part().epoch(examples, new SplittableRandom(11));
        while (batches.hasNext()) batches.next();
        assertThrows(NoSuchElementException.class, batches::next, "next() after the last batch");
    }

    private static List<List<Integer>> epoch(BatchSampler sampler, List<Example> examples, long seed) {
        List<List<Integer>> batches = new ArrayList<>();
        sampler.epoch(examples, new SplittableRandom(seed)).forEachRemaining(b -> batches.add(list(b)));
        return batches;
    }

    private static List<Integer> list(int[] batch) {
        return Arrays.stream(batch).boxed().toList();
    }

    /** Splits of several sizes, from small to large: the first that fails is the smallest of them, and made smaller still from its end. */
    private void each(Smallest.Check<List<Example>> check) {
        List<List<Example>> sizes = IntStream.of(1, 2, 31, 32, 33, 34, 65, 200).filter(n -> n >= fewest()).mapToObj(BatchSamplerContract::examples).toList();
        new Smallest<List<Example>>(
                examples -> examples.size() > fewest() ? List.of(examples.subList(0, Math.max(fewest(), examples.size() / 2)), examples.subList(0, examples.size() - 1)) : List.of(),
                examples -> examples.size() + " examples, with the relations " + examples.stream().map(e -> e.pairs().get(0).relations()).toList()).all(sizes, check);
    }

    /** The tiny corpus again and again, under new ids. */
    private static List<Example> examples(int n) {
        List<Example> tiny = new ArrayList<>(TinyCorpus.corpus().splits().get("train"));
        tiny.add(TinyCorpus.document());
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Example e = tiny.get(i % tiny.size());
            examples.add(new Example(e.id() + "-" + i, e.passage(), e.pairs()));
        }
        return Collections.unmodifiableList(examples);
    }
}
