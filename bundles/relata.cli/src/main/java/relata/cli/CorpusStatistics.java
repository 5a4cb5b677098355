package relata.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;

/**
 * What is in a corpus.
 *
 * @param name the corpus's
 * @param negative the label of no relation, or an empty string
 * @param splits by name
 * @param inputs what was read, with SHA-256
 */
record CorpusStatistics(String name, String negative, Map<String, Split> splits, Map<String, String> inputs) {
    /**
     * A split.
     *
     * @param examples how many
     * @param pairs questions asked
     * @param unlabelled questions without a gold answer
     * @param relations pairs of each relation, in the corpus's order; a pair with two counts for both
     * @param tokens lengths of passages
     * @param entityTypes entities of each type
     * @param mentions mentions of entities
     */
    record Split(int examples, int pairs, int unlabelled, Map<String, Integer> relations, Lengths tokens, Map<String, Integer> entityTypes, int mentions) {}

    /** Lengths in tokens. @param p95 nineteen in twenty are no longer */
    record Lengths(int min, int median, double mean, int p95, int max) {
        static Lengths of(List<Integer> lengths) {
            List<Integer> sorted = new ArrayList<>(lengths);
            Collections.sort(sorted);
            int n = sorted.size();
            if (n == 0) return new Lengths(0, 0, 0, 0, 0);
            double mean = sorted.stream().mapToInt(Integer::intValue).average().orElse(0);
            return new Lengths(sorted.get(0), sorted.get((n - 1) / 2), mean, sorted.get((int) Math.ceil(n * 0.95) - 1), sorted.get(n - 1));
        }
    }

    static CorpusStatistics of(Corpus corpus) {
        Map<String, Split> splits = new LinkedHashMap<>();
        corpus.splits().forEach((name, examples) -> splits.put(name, split(corpus, examples)));
        return new CorpusStatistics(corpus.name(), corpus.negative().orElse(""), splits, corpus.inputs());
    }

    private static Split split(Corpus corpus, List<Example> examples) {
        Map<String, Integer> relations = new LinkedHashMap<>();
        corpus.relations().forEach(r -> relations.put(r, 0));
        Map<String, Integer> types = new TreeMap<>();
        List<Integer> lengths = new ArrayList<>();
        int pairs = 0;
        int unlabelled = 0;
        int mentions = 0;
        for (Example example : examples) {
            lengths.add(example.passage().tokens().size());
            for (Entity entity : example.passage().entities()) {
                types.merge(entity.type().isEmpty() ? "(none)" : entity.type(), 1, Integer::sum);
                mentions += entity.mentions().size();
            }
            for (Pair pair : example.pairs()) {
                pairs++;
                if (pair.relations().isEmpty()) unlabelled++;
                pair.relations().forEach(r -> relations.merge(r, 1, Integer::sum));
            }
        }
        return new Split(examples.size(), pairs, unlabelled, relations, Lengths.of(lengths), types, mentions);
    }
}
