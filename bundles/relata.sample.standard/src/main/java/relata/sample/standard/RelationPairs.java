package relata.sample.standard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.view.BatchSampler;

/**
 * Pairs of examples with the same relation, so many in a batch; the two of a pair follow each other. The examples of a relation are a bag, and
 * frequent relations give more pairs, in proportion to their bags.
 *
 * <p>{@link Draw#PROPORTIONAL}, as published: each pair by itself, first a relation with the probability of its share of the examples, then two of
 * its bag that are not in the batch yet. {@link Draw#ONCE}, as in the released code: in each epoch every bag is shuffled and cut into pairs, and the
 * pairs are shuffled; an odd example is left out. Either way an epoch has as many pairs as the bags can be cut into.
 *
 * <p>An example is in the bag of its first label that is not {@code negative}; without such a label it is never drawn.
 */
@Component(service = ComponentProvider.class)
@ComponentName("relation-pairs")
@Doc("So many pairs of examples with the same relation in each batch.")
@Source("Peng et al. 2020, section 3.1 and appendix A, and released code")
public final class RelationPairs implements ComponentProvider<BatchSampler, RelationPairs.Config> {
    /** Where pairs come from. */
    public enum Draw {
        /** From all the corpus each time. */
        PROPORTIONAL,
        /** From what has not been drawn in this epoch. */
        ONCE
    }

    /** Settings. */
    public record Config(
            @Doc("Pairs in a batch.") @Default("32") @Range("[1, inf)") int size,
            @Doc("proportional, as published: each pair of a relation drawn in proportion to its examples; once, as released: no example twice in an epoch.")
                    @Default("proportional") Draw draw,
            @Doc("The label of pairs without a relation, which say nothing in common and are left out.") Optional<String> negative) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public BatchSampler create(Config config, Parts parts) {
        return new BatchSampler() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                List<int[]> bags = bags(examples, config.negative());
                return (config.draw() == Draw.ONCE ? once(bags, config.size(), random) : proportional(bags, config.size(), random)).iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                return Batches.count(pairs(bags(examples, config.negative())), config.size(), false);
            }
        };
    }

    /** The indexes of the examples of each relation that has two. */
    private static List<int[]> bags(List<Example> examples, Optional<String> negative) {
        TreeMap<String, List<Integer>> bags = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            int index = i;
            examples.get(i).pairs().stream().map(Pair::relations).flatMap(List::stream).filter(label -> !negative.equals(Optional.of(label))).findFirst()
                    .ifPresent(label -> bags.computeIfAbsent(label, l -> new ArrayList<>()).add(index));
        }
        List<int[]> found = bags.values().stream().filter(bag -> bag.size() > 1).map(bag -> bag.stream().mapToInt(i -> i).toArray()).toList();
        if (found.isEmpty())
            throw new IllegalArgumentException("relation-pairs needs two examples of a relation, but none of " + bags.size() + " relations" + negative.map(n -> " beside '" + n + "'").orElse("")
                    + " has two among " + examples.size() + " examples");
        return found;
    }

    private static int pairs(List<int[]> bags) {
        return bags.stream().mapToInt(bag -> bag.length / 2).sum();
    }

    private static List<int[]> once(List<int[]> bags, int size, RandomGenerator random) {
        List<int[]> pairs = new ArrayList<>();
        for (int[] bag : bags) {
            int[] order = bag.clone();
            Batches.shuffle(order, random);
            for (int i = 0; i + 1 < order.length; i += 2) pairs.add(new int[] {order[i], order[i + 1]});
        }
        List<int[]> batches = new ArrayList<>();
        for (int[] batch : Batches.cut(Batches.shuffled(pairs.size(), random), size, false)) {
            int[] both = new int[2 * batch.length];
            for (int p = 0; p < batch.length; p++) System.arraycopy(pairs.get(batch[p]), 0, both, 2 * p, 2);
            batches.add(both);
        }
        return batches;
    }

    private static List<int[]> proportional(List<int[]> bags, int size, RandomGenerator random) {
        int[] ends = new int[bags.size()];
        for (int bag = 0; bag < ends.length; bag++) ends[bag] = (bag == 0 ? 0 : ends[bag - 1]) + bags.get(bag).length;
        List<int[]> batches = new ArrayList<>();
        for (int left = Batches.count(pairs(bags), size, false); left > 0; left--) batches.add(batch(bags, ends, size, random));
        return batches;
    }

    /** So many pairs, or all there are. @param ends where the examples of each bag end, were all bags put one behind the other */
    private static int[] batch(List<int[]> bags, int[] ends, int size, RandomGenerator random) {
        Set<Integer> drawn = new LinkedHashSet<>();
        int[] left = bags.stream().mapToInt(bag -> bag.length).toArray();
        BitSet spent = new BitSet();
        while (drawn.size() < 2 * size && spent.cardinality() < left.length) {
            int place = Arrays.binarySearch(ends, random.nextInt(ends[ends.length - 1]));
            // the end of a bag is the first place of the next one
            int bag = place < 0 ? -place - 1 : place + 1;
            if (left[bag] < 2) {
                spent.set(bag);
                continue;
            }
            for (int end = drawn.size() + 2; drawn.size() < end; ) drawn.add(bags.get(bag)[random.nextInt(bags.get(bag).length)]);
            left[bag] -= 2;
        }
        return drawn.stream().mapToInt(i -> i).toArray();
    }
}
