package relata.corpus.distant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of the candidates, for people and as JSON: names of fields are names in the file. */
final class Audit {
    /** What became of the candidates of a relation. */
    static final class Counts {
        /** Examples taken. */
        long examples;
        /** Different pairs of entities among them. */
        long pairs;
        /** Sentences left out because a corpus of 'exclude' asks about their pair. */
        long excluded;
        /** Different pairs of entities among them. */
        long excludedPairs;
    }

    /** Sentences that name two entities. */
    long sentences;
    /** Triples between entities of the sentences. */
    long triples;
    /** Examples of a relation. */
    long examples;
    /** Examples of no relation. */
    long negatives;
    /** Sentences left out because a corpus of 'exclude' asks about their pair, those of no relation too. */
    long excluded;
    /** Sentences left out because several relations hold between the two entities. */
    long several;
    /** Sentences left out because too few name the two entities. */
    long rare;
    /** Sentences left out because there are enough. */
    long beyondSize;
    /** By relation. */
    final SortedMap<String, Counts> relations = new TreeMap<>();
    /** SHA-256 of what was read. */
    SortedMap<String, String> inputs = new TreeMap<>();

    private final transient SortedMap<String, Set<EntityPair>> taken = new TreeMap<>();
    private final transient SortedMap<String, Set<EntityPair>> dropped = new TreeMap<>();

    void taken(EntityPair pair, List<String> labels) {
        for (String label : labels) {
            counts(label).examples++;
            if (taken.computeIfAbsent(label, l -> new HashSet<>()).add(pair)) counts(label).pairs++;
        }
    }

    void excluded(EntityPair pair, List<String> labels) {
        excluded++;
        for (String label : labels) {
            counts(label).excluded++;
            if (dropped.computeIfAbsent(label, l -> new HashSet<>()).add(pair)) counts(label).excludedPairs++;
        }
    }

    private Counts counts(String label) {
        return relations.computeIfAbsent(label, l -> new Counts());
    }
}
