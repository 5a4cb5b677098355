package relata.corpus.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;

/** The splits of a corpus while it is read, and what must hold across its examples. */
public final class Splits {
    /** An example and where it came from. */
    private record Found(Example example, Place place) {}

    private final Path root;
    private final Optional<String> negative;
    private final SortedMap<String, List<Found>> splits = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final SortedMap<String, String> inputs = new TreeMap<>();

    /**
     * None so far.
     *
     * @param root for messages about the corpus as a whole
     * @param negative the label that means no relation
     */
    public Splits(Path root, Optional<String> negative) {
        this.root = root;
        this.negative = negative;
    }

    /** Takes an example into a split. @throws CorpusException if its id is taken */
    public void add(String split, Example example, Place place) throws CorpusException {
        Place before = places.put(example.id(), place);
        if (before != null) throw place.error("the id '" + example.id() + "' is taken by " + before.words());
        splits.computeIfAbsent(split, k -> new ArrayList<>()).add(new Found(example, place));
    }

    /** Notes what was read. @param name the file, as seen from the root @param sha256 its hash in lower-case hex */
    public void input(String name, String sha256) {
        inputs.put(name, sha256);
    }

    /** Within a split, either all answers must be known or none. @throws CorpusException if one is not known while others are */
    public void checkLabels() throws CorpusException {
        for (List<Found> split : splits.values()) {
            boolean any = split.stream().anyMatch(f -> f.example.pairs().stream().anyMatch(p -> !p.relations().isEmpty()));
            if (!any) continue;
            for (Found f : split)
                for (Pair p : f.example.pairs())
                    if (p.relations().isEmpty())
                        throw f.place.error("the pair [" + p.head() + ", " + p.tail() + "] has no label, but others of its split have; a pair without relation needs the label that 'negative' names");
        }
    }

    /**
     * Labels of other splits must be seen in train, if train is labelled.
     *
     * @param drop leave out pairs whose labels are not, instead of stopping
     * @throws CorpusException if one is not and should not be dropped, or a split has nothing else
     */
    public void checkUnseen(boolean drop) throws CorpusException {
        List<Found> train = splits.get("train");
        if (train == null) return;
        Set<String> seen = new TreeSet<>(negative.stream().toList());
        train.forEach(f -> f.example.pairs().forEach(p -> seen.addAll(p.relations())));
        if (seen.size() == negative.stream().count()) return; // train is not labelled
        for (Map.Entry<String, List<Found>> split : splits.entrySet()) {
            List<Found> kept = new ArrayList<>();
            for (Found f : split.getValue()) {
                List<Pair> pairs = f.example.pairs().stream().filter(p -> seen.containsAll(p.relations())).toList();
                if (pairs.size() < f.example.pairs().size() && !drop) throw unseen(f, seen);
                if (!pairs.isEmpty()) kept.add(new Found(new Example(f.example.id(), f.example.passage(), pairs), f.place));
            }
            if (kept.isEmpty()) throw new CorpusException(root.toString(), "split '" + split.getKey() + "' has no label that train has; train has " + String.join(", ", seen));
            split.setValue(kept);
        }
    }

    private static CorpusException unseen(Found f, Set<String> seen) {
        String label = f.example.pairs().stream().flatMap(p -> p.relations().stream()).filter(r -> !seen.contains(r)).findFirst().orElseThrow();
        return f.place.error("the relation '" + label + "' does not occur in train, which has " + String.join(", ", seen) + "; set 'unseen' to drop or keep to go on");
    }

    /**
     * Moves a share of each relation of train, at least one and never all, to dev: those whose ids have the smallest hashes, so that the choice depends on nothing else.
     * Examples with several pairs are one stratum. Nothing is done if the share is 0 or there is a dev.
     *
     * @throws CorpusException if there is no train, or it is too small
     */
    public void takeDev(double share) throws CorpusException {
        if (share <= 0 || splits.containsKey("dev")) return;
        List<Found> train = splits.get("train");
        if (train == null) throw new CorpusException(root.toString(), "has no split 'train' to take dev from; there are: " + String.join(", ", splits.keySet()));
        Map<String, List<Found>> strata = new LinkedHashMap<>();
        for (Found f : train) strata.computeIfAbsent(f.example.pairs().size() == 1 ? f.example.pairs().get(0).relation().orElse("") : "several", k -> new ArrayList<>()).add(f);
        Set<String> dev = new TreeSet<>();
        for (List<Found> stratum : strata.values()) {
            int count = (int) Math.min(stratum.size() - 1, Math.ceil(share * stratum.size()));
            stratum.stream().map(f -> f.example.id()).sorted(Comparator.comparing(Hash::of, Arrays::compareUnsigned)).limit(count).forEach(dev::add);
        }
        if (dev.isEmpty()) throw new CorpusException(root.toString(), "has too few training examples of each relation to take dev from");
        splits.put("dev", train.stream().filter(f -> dev.contains(f.example.id())).toList());
        splits.put("train", train.stream().filter(f -> !dev.contains(f.example.id())).toList());
    }

    /** The corpus, its relations sorted. @throws CorpusException if no pair has the negative label, though there are labels */
    public Corpus corpus(String name) throws CorpusException {
        Set<String> relations = relations();
        if (negative.isPresent() && !relations.isEmpty() && !relations.contains(negative.get()))
            throw new CorpusException(root.toString(), "no pair has the label '" + negative.get() + "' that 'negative' names; there are: " + String.join(", ", relations));
        relations.addAll(negative.stream().toList());
        return corpus(name, List.copyOf(relations));
    }

    /** The corpus, of a data set that says which relations there are. @param relations in their order, the negative one among them */
    public Corpus corpus(String name, List<String> relations) {
        SortedMap<String, List<Example>> examples = new TreeMap<>();
        splits.forEach((split, found) -> examples.put(split, found.stream().map(Found::example).toList()));
        return new Corpus(name, examples, relations, negative, inputs);
    }

    /** True if nothing was taken. */
    public boolean isEmpty() {
        return splits.isEmpty();
    }

    /** All labels so far, sorted. */
    public Set<String> relations() {
        Set<String> relations = new TreeSet<>();
        for (List<Found> split : splits.values())
            for (Found f : split) f.example.pairs().forEach(p -> relations.addAll(p.relations()));
        return relations;
    }
}
