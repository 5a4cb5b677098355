package relata.objective.standard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.api.view.Instance;

/**
 * Who is what in a few-shot episode.
 *
 * @param means (N, R): the weights by which rows make prototypes, 1 / (rows of support) or 0
 * @param queries the rows that are queries
 * @param answers for each query the number of its prototype; N for none of them
 */
record Support(float[][] means, long[] queries, long[] answers) {
    /**
     * Shares the rows of a batch out, relations in the order in which they come.
     *
     * @param shots so many examples of each relation, with all their rows, are its support
     * @param none whether rows of relations without a query are queries for none of the prototypes
     * @throws IllegalArgumentException if a row has not exactly one gold relation, if there is no query, or if a relation has none without {@code none}
     */
    static Support of(List<Instance> rows, int shots, boolean none) {
        Map<String, Set<String>> examples = new LinkedHashMap<>();
        for (Instance row : rows) examples.computeIfAbsent(relation(row), r -> new LinkedHashSet<>()).add(row.view().source().id());
        List<String> classes = examples.keySet().stream().filter(r -> examples.get(r).size() > shots).toList();
        if (classes.isEmpty())
            throw new IllegalArgumentException("no relation of the batch has an example beside its " + shots + " of support; batches of sampler 'episodes' with shots: " + shots + " have");
        if (!none && classes.size() < examples.size())
            throw new IllegalArgumentException("relation '" + examples.keySet().stream().filter(r -> !classes.contains(r)).findFirst().orElseThrow() + "' has no example in the batch beside its " + shots
                    + " of support, so nothing asks for it; with none: true its rows ask for none of the others");
        float[][] means = new float[classes.size()][rows.size()];
        int[] supporting = new int[classes.size()];
        List<Long> queries = new ArrayList<>(), answers = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            String relation = relation(rows.get(r));
            int n = classes.indexOf(relation);
            if (n >= 0 && examples.get(relation).stream().limit(shots).anyMatch(rows.get(r).view().source().id()::equals)) {
                means[n][r] = 1;
                supporting[n]++;
            } else {
                queries.add((long) r);
                answers.add((long) (n < 0 ? classes.size() : n));
            }
        }
        for (int n = 0; n < means.length; n++) for (int r = 0; r < rows.size(); r++) means[n][r] /= supporting[n];
        return new Support(means, queries.stream().mapToLong(q -> q).toArray(), answers.stream().mapToLong(a -> a).toArray());
    }

    private static String relation(Instance row) {
        if (row.relations().size() != 1)
            throw new IllegalArgumentException("example '" + row.view().source().id() + "', pair " + (row.pair() + 1) + " has " + (row.relations().isEmpty() ? "no gold relation" : "several gold relations")
                    + ", but few-shot episodes need exactly one for every pair; sampler 'episodes' draws only such examples");
        return row.relations().get(0);
    }
}
