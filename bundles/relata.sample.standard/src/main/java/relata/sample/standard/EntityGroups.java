package relata.sample.standard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import relata.api.corpus.Example;

/** Examples in groups of the same two entities, in the corpus's order; a pair of entities that one example alone asks about makes no group. */
final class EntityGroups {
    private final Map<EntityPair, int[]> groups = new LinkedHashMap<>();

    /**
     * Groups them.
     *
     * @param most so many examples of a group, the first in the corpus
     * @param names true: entities are told by name, not by id
     */
    EntityGroups(List<Example> examples, int most, boolean names) {
        Map<EntityPair, Set<Integer>> all = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++)
            for (int pair = 0; pair < examples.get(i).pairs().size(); pair++) {
                Set<Integer> group = all.computeIfAbsent(EntityPair.of(examples.get(i), pair, names), p -> new LinkedHashSet<>(2));
                if (group.size() < most) group.add(i);
            }
        all.forEach((pair, group) -> {
            if (group.size() > 1) groups.put(pair, group.stream().mapToInt(i -> i).toArray());
        });
    }

    /** The number of {@link #positives}. */
    long matches() {
        return groups.values().stream().mapToLong(g -> (long) g.length * (g.length - 1) / 2).sum();
    }

    /** All pairs of two examples of a group. */
    List<int[]> positives() {
        List<int[]> pairs = new ArrayList<>();
        for (int[] group : groups.values()) for (int i = 0; i < group.length; i++) for (int j = i + 1; j < group.length; j++) pairs.add(new int[] {group[i], group[j]});
        return pairs;
    }

    /** Pairs from different groups. */
    CrossPairs others() {
        return new CrossPairs(groups.isEmpty() ? List.of() : List.of(List.copyOf(groups.values())));
    }

    /** Pairs from groups with the same head and another tail, or another head and the same tail. */
    CrossPairs hard() {
        List<List<int[]>> families = new ArrayList<>(families(EntityPair::head));
        families.addAll(families(EntityPair::tail));
        return new CrossPairs(families);
    }

    private Collection<List<int[]>> families(Function<EntityPair, String> shared) {
        Map<String, List<int[]>> families = new LinkedHashMap<>();
        groups.forEach((pair, group) -> families.computeIfAbsent(shared.apply(pair), s -> new ArrayList<>(1)).add(group));
        families.values().removeIf(family -> family.size() < 2);
        return families.values();
    }
}
