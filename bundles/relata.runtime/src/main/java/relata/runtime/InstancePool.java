package relata.runtime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import relata.api.corpus.Example;

/**
 * The instances of a split that few-shot episodes may be drawn from: all pairs that have exactly one gold relation, and not the negative label. An
 * instance has a number, its place among all pairs of the split.
 */
final class InstancePool {
    private final List<Example> examples;
    private final List<String> ids = new ArrayList<>();
    private final SortedMap<String, int[]> members = new TreeMap<>();

    InstancePool(List<Example> examples, Optional<String> negative) {
        this.examples = examples;
        SortedMap<String, List<Integer>> found = new TreeMap<>();
        for (Example example : examples)
            for (int pair = 0; pair < example.pairs().size(); pair++) {
                List<String> gold = example.pairs().get(pair).relations();
                if (gold.size() == 1 && !gold.equals(negative.map(List::of).orElse(List.of()))) found.computeIfAbsent(gold.get(0), r -> new ArrayList<>()).add(ids.size());
                ids.add(example.id() + "#" + pair);
            }
        found.forEach((relation, instances) -> members.put(relation, instances.stream().mapToInt(i -> i).toArray()));
    }

    /** The relations of at least so many instances, sorted. */
    List<String> relationsWith(int instances) {
        return members.entrySet().stream().filter(e -> e.getValue().length >= instances).map(e -> e.getKey()).toList();
    }

    /** The relations of fewer instances, sorted. */
    List<String> relationsBelow(int instances) {
        return members.entrySet().stream().filter(e -> e.getValue().length < instances).map(e -> e.getKey()).toList();
    }

    /** The instances of a relation, in the split's order. */
    int[] of(String relation) {
        return members.get(relation);
    }

    /** Example and pair of an instance. */
    String id(int instance) {
        return ids.get(instance);
    }

    /** The examples that some episodes need, in the split's order. */
    List<Example> needed(List<Episodes> lists) {
        BitSet used = used(lists);
        List<Example> needed = new ArrayList<>();
        int instance = 0;
        for (Example example : examples) {
            int next = used.nextSetBit(instance);
            if (next >= 0 && next < instance + example.pairs().size()) needed.add(example);
            instance += example.pairs().size();
        }
        return needed;
    }

    /**
     * The vectors by instance.
     *
     * @param rows one for each pair of each of the {@link #needed} examples
     * @return as many as there are instances; empty arrays where an example was not needed
     */
    float[][] byInstance(List<Episodes> lists, float[][] rows) {
        BitSet used = used(lists);
        float[][] vectors = new float[ids.size()][0];
        int instance = 0, row = 0;
        for (Example example : examples) {
            int next = used.nextSetBit(instance), end = instance + example.pairs().size();
            if (next >= 0 && next < end) for (int i = instance; i < end; i++) vectors[i] = rows[row++];
            instance = end;
        }
        return vectors;
    }

    private static BitSet used(List<Episodes> lists) {
        BitSet used = new BitSet();
        for (Episodes episodes : lists)
            for (Episodes.Episode e : episodes.all()) {
                for (int[] some : e.support()) for (int i : some) used.set(i);
                for (int[] some : e.queries()) for (int i : some) used.set(i);
                for (int i : e.outside()) used.set(i);
            }
        return used;
    }
}
