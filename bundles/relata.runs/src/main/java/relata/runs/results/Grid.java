package relata.runs.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import relata.api.result.ResultTable;
import relata.api.result.Spread;

/**
 * A row of a table of results, with the scores behind its cells.
 *
 * @param titles one for each key of rows
 * @param cells one for each column; empty where there is no result
 */
record Grid(List<String> titles, List<Optional<Cell>> cells) {
    /**
     * A cell.
     *
     * @param seeds by seed its scores: one, or one for each fold
     * @param spread over the seeds, each the mean of its folds
     * @param pooled with folds: the median over the seeds, each judged on the answers of all folds together
     * @param best no other of its column is better
     * @param level not the best, but not distinguishable from the best of its column
     */
    record Cell(SortedMap<Long, List<Score>> seeds, Spread spread, Optional<Double> pooled, boolean best, boolean level) {
        Cell marked(boolean isBest, boolean isLevel) {
            return new Cell(seeds, spread, pooled, isBest, isLevel);
        }

        Cell pooled(double figure) {
            return new Cell(seeds, spread, Optional.of(figure), best, level);
        }

        List<Score> scores() {
            return seeds.values().stream().flatMap(List::stream).toList();
        }

        ResultTable.Cell shown() {
            TreeMap<Long, List<String>> runs = new TreeMap<>();
            seeds.forEach((seed, scores) -> runs.put(seed, scores.stream().map(Score::run).toList()));
            return new ResultTable.Cell(runs, spread, pooled, best, level);
        }
    }

    String title() {
        return String.join(", ", titles);
    }

    ResultTable.Row shown() {
        return new ResultTable.Row(titles, cells.stream().map(c -> c.map(Cell::shown)).toList());
    }

    /** The rows of scores, without marks. @param option what stands before the names of options @param notes takes what must be known */
    static List<Grid> rows(List<Score> scores, TableKeys keys, List<List<String>> columns, String option, List<String> notes) {
        Map<List<String>, Map<List<String>, List<Score>>> grid = new LinkedHashMap<>();
        for (Score s : scores)
            grid.computeIfAbsent(TableKeys.values(s, keys.rows()), r -> new LinkedHashMap<>()).computeIfAbsent(TableKeys.values(s, keys.columns()), c -> new ArrayList<>()).add(s);
        List<Grid> rows = new ArrayList<>();
        grid.forEach((titles, byColumn) -> {
            List<Optional<Cell>> cells = new ArrayList<>();
            for (List<String> column : columns) cells.add(Optional.ofNullable(byColumn.get(column)).flatMap(cell -> cell(cell, keys, option, notes)));
            List<String> headings = new ArrayList<>();
            for (int i = 0; i < titles.size(); i++) headings.add(TableKeys.heading(keys.rows().get(i), titles.get(i), false));
            rows.add(new Grid(headings, cells));
        });
        return rows;
    }

    /** Empty if no seed has all its folds. */
    private static Optional<Cell> cell(List<Score> scores, TableKeys keys, String option, List<String> notes) {
        List<String> hidden = keys.hidden(scores);
        if (!hidden.isEmpty())
            notes.add("Runs in one cell differ in " + String.join(", ", hidden.subList(0, Math.min(4, hidden.size()))) + (hidden.size() > 4 ? " and more" : "") + ": " + ids(scores) + ". Name it in " + option + "rows or " + option + "columns.");
        TreeMap<Long, Map<String, Score>> bySeed = new TreeMap<>();
        for (Score s : scores) {
            Score before = bySeed.computeIfAbsent(s.seed(), seed -> new TreeMap<>(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))).put(s.value("fold"), s);
            if (before != null) notes.add("Of " + before.run() + " and " + s.run() + ", which have the same seed in the same cell, only the second counts.");
        }
        TreeMap<Long, List<Score>> seeds = new TreeMap<>();
        List<Double> values = new ArrayList<>();
        bySeed.forEach((seed, folds) -> {
            int planned = folds.values().stream().mapToInt(Score::folds).max().orElse(0);
            if (folds.size() < planned) {
                notes.add("Left out: seed " + seed + " has " + folds.size() + " of " + planned + " folds: " + ids(List.copyOf(folds.values())) + ".");
                return;
            }
            seeds.put(seed, List.copyOf(folds.values()));
            values.add(folds.values().stream().mapToDouble(Score::value).average().orElseThrow());
        });
        return values.isEmpty() ? Optional.empty() : Optional.of(new Cell(seeds, Spread.of(values), Optional.empty(), false, false));
    }

    /** The values of the keys of columns, in the order of numbers where they are numbers. */
    static List<List<String>> columns(List<Score> scores, TableKeys keys) {
        Set<List<String>> columns = new LinkedHashSet<>();
        for (Score s : scores) columns.add(TableKeys.values(s, keys.columns()));
        List<List<String>> sorted = new ArrayList<>(columns);
        if (sorted.stream().allMatch(c -> c.stream().allMatch(Grid::isNumber)))
            sorted.sort((a, b) -> {
                for (int i = 0; i < a.size(); i++) {
                    int order = Double.compare(Double.parseDouble(a.get(i)), Double.parseDouble(b.get(i)));
                    if (order != 0) return order;
                }
                return 0;
            });
        return sorted;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?(\\d{1,15}\\.?\\d{0,15}|\\.\\d{1,15})([eE]-?\\d{1,3})?");
    }

    /** True for a value that tells of itself what it is about. */
    static boolean isWord(String value) {
        return !value.isEmpty() && !isNumber(value) && !value.equals("true") && !value.equals("false");
    }

    private static String ids(List<Score> scores) {
        List<String> ids = scores.stream().map(Score::run).distinct().toList();
        return String.join(", ", ids.subList(0, Math.min(4, ids.size()))) + (ids.size() > 4 ? " and " + (ids.size() - 4) + " more" : "");
    }
}
