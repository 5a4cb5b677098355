package relata.corpus.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Omissions;
import relata.api.corpus.Pair;

/** A corpus as formats have it that hold a passage once with all that is asked about it. */
public final class SharedPassages {
    private SharedPassages() {}

    /** The corpus, in which the examples of one passage are one, that has the passage's id. They must be of one split. */
    public static Corpus joined(Corpus corpus, Omissions omissions) throws CorpusException {
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet()) {
            Map<String, List<Example>> groups = new LinkedHashMap<>();
            for (Example e : split.getValue()) groups.computeIfAbsent(e.passage().id(), k -> new ArrayList<>()).add(e);
            List<Example> joined = new ArrayList<>();
            for (List<Example> group : groups.values()) {
                Example first = group.get(0);
                boolean same = group.stream().allMatch(e -> e.passage().equals(first.passage()));
                if (group.size() == 1 || !same) {
                    joined.addAll(group);
                    continue;
                }
                omissions.leaveOut(split.getKey() + " example '" + first.id() + "'", "that examples share a passage", group.size() + " become one, '" + first.passage().id() + "'");
                Set<Pair> pairs = new LinkedHashSet<>();
                group.forEach(e -> pairs.addAll(e.pairs()));
                joined.add(new Example(first.passage().id(), first.passage(), List.copyOf(pairs)));
            }
            splits.put(split.getKey(), joined);
        }
        return new Corpus(corpus.name(), splits, corpus.relations(), corpus.negative(), corpus.inputs());
    }
}
