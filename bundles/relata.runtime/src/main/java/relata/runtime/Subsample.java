package relata.runtime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import relata.api.corpus.Example;

/** Stratified shares of a split: ceil(n · fraction) examples of each relation, in the split's order; a smaller share is part of a larger one of the same seed. */
final class Subsample {
    private Subsample() {}

    static List<Example> of(List<Example> examples, double fraction, long seed) {
        if (fraction >= 1) return examples;
        Map<String, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++)
            groups.computeIfAbsent(examples.get(i).pairs().get(0).relation().orElse(""), r -> new ArrayList<>()).add(i);
        BitSet chosen = new BitSet();
        groups.forEach((relation, members) -> {
            Collections.shuffle(members, new Random(Seeds.at(seed, relation.hashCode())));
            members.subList(0, (int) Math.ceil(members.size() * fraction)).forEach(chosen::set);
        });
        return chosen.stream().mapToObj(examples::get).toList();
    }
}
