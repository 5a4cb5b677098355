package relata.api.corpus;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set, in memory.
 *
 * @param name for reports
 * @param splits examples by split name, e.g. {@code train}, {@code dev}, {@code test}
 * @param relations all labels, the negative one among them, in a fixed order (sorted, unless the data set defines an order)
 * @param negative the label that means <em>no relation</em>, if there is one
 * @param inputs what was read, for provenance: file (or artifact) name to SHA-256
 */
public record Corpus(
        String name, SortedMap<String, List<Example>> splits, List<String> relations, Optional<String> negative, SortedMap<String, String> inputs) {
    public Corpus {
        TreeMap<String, List<Example>> copy = new TreeMap<>();
        splits.forEach((k, v) -> copy.put(k, List.copyOf(v)));
        splits = Collections.unmodifiableSortedMap(copy);
        relations = List.copyOf(relations);
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        if (negative.isPresent() && !relations.contains(negative.get()))
            throw new IllegalArgumentException("the negative label '" + negative.get() + "' is not among the relations " + relations);
    }

    /**
     * The examples of a split.
     *
     * @throws CorpusException if there is no such split; the message names those there are
     */
    public List<Example> split(String split) throws CorpusException {
        List<Example> found = splits.get(split);
        if (found == null) throw new CorpusException(name, "has no split '" + split + "'; there are: " + String.join(", ", splits.keySet()));
        return found;
    }
}
