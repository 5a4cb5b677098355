package relata.runs.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import relata.api.evaluate.Metric;
import relata.api.evaluate.PairedBootstrap;
import relata.api.evaluate.Predictions;
import relata.api.result.ResultTable;
import relata.api.result.Scale;
import relata.api.result.Spread;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.Workbench;

/** Finds which cells of a column are best, and which differences between its rows can be told from chance. */
final class Contest {
    private static final long SEED = 1;
    private static final int ALL_PAIRS = 3;

    private final Recipes recipes;
    private final Workbench workbench;
    private final String number;
    private final Scale scale;
    private final boolean smaller;
    private final int resamples;
    private final List<ResultTable.Verdict> verdicts = new ArrayList<>();
    private final List<String> notes;
    private int compared;

    /**
     * A contest.
     *
     * @param number the number that the cells show
     * @param smaller the smallest is the best
     * @param resamples of the paired bootstrap; 0: none
     * @param notes takes what must be known
     */
    Contest(Recipes recipes, Workbench workbench, String number, Scale scale, boolean smaller, int resamples, List<String> notes) {
        this.recipes = recipes;
        this.workbench = workbench;
        this.number = number;
        this.scale = scale;
        this.smaller = smaller;
        this.resamples = resamples;
        this.notes = notes;
    }

    /** A cell that takes part. @param moved how its number moves, if that can be told */
    private record Entrant(int row, String title, Grid.Cell cell, Optional<PairedBootstrap.Moved> moved) {}

    /** The rows with marks. */
    List<Grid> judge(List<Grid> rows, List<String> columns) throws IOException, RecipeException {
        List<List<Optional<Grid.Cell>>> cells = new ArrayList<>();
        rows.forEach(r -> cells.add(new ArrayList<>(r.cells())));
        for (int c = 0; c < columns.size(); c++) {
            List<Entrant> entrants = entrants(rows, c, columns.size() > 1 ? columns.get(c) + ": " : "");
            double best = entrants.stream().mapToDouble(e -> rank(e.cell())).max().orElse(0);
            for (Entrant e : entrants) {
                boolean first = rank(e.cell()) == best;
                boolean level = !first && entrants.stream().anyMatch(b -> rank(b.cell()) == best && comparison(b, e).filter(x -> !x.distinguishable()).isPresent());
                cells.get(e.row()).set(c, Optional.of(e.cell().marked(first && entrants.size() > 1, level)));
            }
            tell(c, entrants, columns.size() > 1 ? columns.get(c) + ": " : "");
        }
        List<Grid> marked = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) marked.add(new Grid(rows.get(r).titles(), cells.get(r)));
        if (compared > 0) notes.add("Comparisons: paired bootstrap over test examples and seeds, " + resamples + " resamples; no correction for the number of comparisons.");
        else if (resamples > 0 && rows.size() > 1) notes.add("No rows are compared: there are no two with answers to the same questions and a metric of " + number + " for them in one column.");
        return marked;
    }

    private double rank(Grid.Cell cell) {
        return smaller ? -cell.spread().median() : cell.spread().median();
    }

    private static Optional<PairedBootstrap.Comparison> comparison(Entrant first, Entrant second) {
        return first.moved().flatMap(a -> second.moved().map(b -> b.minus(a)));
    }

    private List<Entrant> entrants(List<Grid> rows, int column, String where) throws IOException, RecipeException {
        List<Entrant> entrants = new ArrayList<>();
        Map<Integer, String> questions = new TreeMap<>();
        boolean contested = rows.stream().filter(r -> r.cells().get(column).isPresent()).count() > 1;
        for (int r = 0; r < rows.size(); r++) {
            if (rows.get(r).cells().get(column).isEmpty()) continue;
            Grid.Cell cell = rows.get(r).cells().get(column).get();
            String title = rows.get(r).title();
            SortedMap<Long, Answers> answers = answers(cell, where + "'" + title + "'");
            if (!answers.isEmpty()) questions.put(r, answers.get(answers.firstKey()).questions());
            entrants.add(entrant(r, title, cell, answers, contested));
        }
        String most = most(questions);
        for (int i = 0; i < entrants.size(); i++) {
            Entrant e = entrants.get(i);
            if (!questions.containsKey(e.row()) || questions.get(e.row()).equals(most)) continue;
            notes.add(where + "'" + e.title() + "' was judged on other test items than the other rows: it is not compared with them.");
            entrants.set(i, new Entrant(e.row(), e.title(), e.cell(), Optional.empty()));
        }
        return entrants;
    }

    /** The questions that most rows answered; of equally many the first row's. */
    private static String most(Map<Integer, String> questions) {
        Map<String, Integer> count = new HashMap<>();
        questions.values().forEach(q -> count.merge(q, 1, Integer::sum));
        String most = "";
        for (String q : questions.values()) if (count.get(q) > count.getOrDefault(most, 0)) most = q;
        return most;
    }

    /** What the seeds of a cell answered, all folds together; nothing if they did not answer the same questions. */
    private SortedMap<Long, Answers> answers(Grid.Cell cell, String title) throws IOException {
        SortedMap<Long, Answers> bySeed = new TreeMap<>();
        for (Map.Entry<Long, List<Score>> seed : cell.seeds().entrySet()) {
            List<Answers> folds = new ArrayList<>();
            for (Score score : seed.getValue()) Answers.read(score.folder()).ifPresent(folds::add);
            if (folds.size() < seed.getValue().size()) return new TreeMap<>();
            bySeed.put(seed.getKey(), Answers.pooled(folds));
        }
        if (bySeed.values().stream().map(Answers::questions).distinct().count() == 1) return bySeed;
        notes.add(title + ": its seeds " + bySeed.keySet() + " were not judged on the same test items, so it is not compared with other rows.");
        return new TreeMap<>();
    }

    /** @param contested others of its column take part: resampling takes long, and tells nothing of one alone */
    private Entrant entrant(int row, String title, Grid.Cell cell, SortedMap<Long, Answers> answers, boolean contested) throws RecipeException {
        if (answers.isEmpty()) return new Entrant(row, title, cell, Optional.empty());
        Score score = cell.scores().get(0);
        SortedMap<Long, Predictions> predictions = new TreeMap<>();
        answers.forEach((seed, a) -> predictions.put(seed, a.predictions()));
        Optional<Metric> metric = new StageMetrics(recipes, workbench, score.settings(), score.stage()).giving(number, predictions.get(predictions.firstKey()));
        if (metric.isEmpty()) return new Entrant(row, title, cell, Optional.empty());
        Grid.Cell shown = cell;
        if (cell.scores().size() > cell.seeds().size())
            shown = cell.pooled(Spread.of(predictions.values().stream().map(p -> metric.get().of(p).get(number)).toList()).median());
        return new Entrant(row, title, shown, resamples == 0 || !contested ? Optional.empty() : Optional.of(new PairedBootstrap(metric.get(), number, resamples, SEED).of(predictions)));
    }

    /** What was said of each pair of rows, after {@link #judge}. */
    List<ResultTable.Verdict> verdicts() {
        return verdicts;
    }

    /** One sentence for each pair; in a long column only for those that cannot be told apart. */
    private void tell(int column, List<Entrant> entrants, String where) {
        int alike = 0, told = 0;
        for (int i = 0; i < entrants.size(); i++)
            for (int j = i + 1; j < entrants.size(); j++) {
                Entrant first = entrants.get(i), second = entrants.get(j);
                Optional<PairedBootstrap.Comparison> pair = comparison(first, second);
                if (pair.isEmpty()) continue;
                PairedBootstrap.Comparison c = pair.get();
                verdicts.add(new ResultTable.Verdict(column, first.row(), second.row(), c.difference(), c.low(), c.high(), c.distinguishable()));
                told++;
                compared++;
                if (!c.distinguishable()) alike++;
                if (c.distinguishable() && entrants.size() > ALL_PAIRS) continue;
                notes.add(where + "'" + second.title() + "' differs from '" + first.title() + "' by " + scale.difference(c.difference()) + scale.unit() + " in the mean, 95 % interval [" + scale.difference(c.low()) + ", "
                        + scale.difference(c.high()) + "]: " + (c.distinguishable() ? "distinguishable" : "not distinguishable from chance") + " on these test items.");
            }
        if (entrants.size() > ALL_PAIRS && told > 0) notes.add(where + (told - alike) + " of " + told + " pairs of rows are distinguishable; the others are named above.");
    }
}
