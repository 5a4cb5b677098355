package relata.runs.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.api.result.ResultException;
import relata.api.result.Spread;
import relata.api.result.TableRequest;

/**
 * What the rows and the columns of a table of results stand for.
 *
 * @param rows keys as {@link Score#value} takes them
 * @param columns the same
 */
record TableKeys(List<String> rows, List<String> columns) {
    private static final Set<String> NEVER = Set.of("recipe", "title", "seed", "corpus.with.fold");

    /**
     * The keys that were asked for; what was not asked for is found: columns are shares of the training data, rows all else that differs.
     *
     * @throws ResultException if no score has a key, or rows and columns have one in common
     */
    static TableKeys of(List<Score> scores, TableRequest request) throws ResultException {
        List<String> rows = request.rows(), columns = request.columns();
        for (String key : rows) known(scores, key);
        for (String key : columns) known(scores, key);
        List<String> across = new ArrayList<>(columns);
        if (columns.isEmpty() && !rows.contains("fraction") && differs(scores, "fraction")) across.add("fraction");
        List<String> down = new ArrayList<>(rows);
        if (rows.isEmpty()) {
            if (across.stream().noneMatch(k -> k.endsWith("fraction")) && differs(scores, "fraction")) down.add("fraction");
            for (String key : differing(scores, across.contains("fraction") || down.contains("fraction"))) if (!across.contains(key)) down.add(key);
            if (down.isEmpty()) down.add("recipe");
        }
        for (String key : down) if (across.contains(key)) throw new ResultException("'" + key + "' cannot be both in " + request.option() + "rows and in " + request.option() + "columns", true);
        return new TableKeys(down, across);
    }

    private static void known(List<Score> scores, String key) throws ResultException {
        if (scores.stream().anyMatch(s -> !s.value(key).isEmpty())) return;
        throw new ResultException("no run has a setting '" + key + "'. Rows and columns may be recipe, stage, seed, fold, fraction, or the path of a setting, such as encoder.with.format", true);
    }

    private static boolean differs(List<Score> scores, String key) {
        return scores.stream().map(s -> s.value(key)).distinct().count() > 1;
    }

    /** Recipe and stage, if there are several; and each setting in which runs of one recipe differ: between recipes, most differ. @param share whether the share of the data is a key by itself */
    private static List<String> differing(List<Score> scores, boolean share) {
        Set<String> keys = new LinkedHashSet<>();
        for (String key : List.of("recipe", "stage")) if (differs(scores, key)) keys.add(key);
        Map<String, List<Score>> byRecipe = new HashMap<>();
        for (Score s : scores) byRecipe.computeIfAbsent(s.value("recipe"), r -> new ArrayList<>()).add(s);
        for (List<Score> same : byRecipe.values()) {
            Set<String> paths = new LinkedHashSet<>();
            Set<Map<String, String>> seen = new HashSet<>();
            for (Score s : same) if (seen.add(s.settings())) paths.addAll(s.settings().keySet());
            for (String path : paths)
                if (!NEVER.contains(path) && !path.startsWith("cite") && !path.endsWith(Score.FRACTION) && differs(same, path)) keys.add(path);
            keys.addAll(shares(same, share));
        }
        return List.copyOf(keys);
    }

    /** Shares of stages that have a part in the scores, in which those of one evaluation differ; with the share as a key, those of one share. */
    private static Set<String> shares(List<Score> scores, boolean share) {
        Map<List<String>, Set<Map<String, String>>> alike = new LinkedHashMap<>();
        for (Score s : scores) alike.computeIfAbsent(List.of(s.stage(), share ? s.value("fraction") : ""), a -> new LinkedHashSet<>()).add(s.shares());
        Set<String> keys = new LinkedHashSet<>();
        for (Set<Map<String, String>> different : alike.values())
            for (Map<String, String> shares : different)
                for (String path : shares.keySet()) if (different.stream().map(d -> d.getOrDefault(path, "1")).distinct().count() > 1) keys.add(path);
        return keys;
    }

    /** Settings in which the scores of one cell differ though the table does not show it. */
    List<String> hidden(List<Score> cell) {
        return differing(cell, false).stream().filter(key -> !rows.contains(key) && !columns.contains(key)).toList();
    }

    /** The values of a score in the keys of rows, or of columns. */
    static List<String> values(Score score, List<String> keys) {
        return keys.stream().map(score::value).toList();
    }

    /** A key as a heading: the last word of a path, unless another key ends alike. */
    static String heading(String key, List<String> keys) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return keys.stream().filter(k -> k.equals(last) || k.endsWith("." + last)).count() > 1 ? key : last;
    }

    /** A value as a heading: shares in percent. */
    static String heading(String key, String value, boolean named) {
        if (value.isEmpty()) return "–";
        if (key.equals("fraction") && value.matches("[0-9.eE-]+")) return Spread.number(Double.parseDouble(value) * 100).replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "") + " %";
        return named ? key.substring(key.lastIndexOf('.') + 1) + " " + value : value;
    }
}
