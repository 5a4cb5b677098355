package relata.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/**
 * Makes a table of results of runs.
 *
 * @param rows keys of rows, or empty
 * @param columns keys of columns, or empty
 * @param figure the figure of the cells, or empty
 * @param smaller the smallest is the best
 * @param resamples of the paired bootstrap; 0: none
 */
record RunsTable(List<String> rows, List<String> columns, String figure, boolean smaller, int resamples) {
    private static final List<String> USUAL = List.of("micro-f1", "accuracy");

    /** A run that counts. */
    private record Counted(RunFolder folder, Map<String, Map<String, Double>> metrics, Map<String, String> settings) {}

    /** The table. What cannot be in it is named in its notes. */
    ResultTable of(Services services, List<RunFolder> runs) throws Failure, IOException, RecipeException {
        List<String> notes = new ArrayList<>();
        List<Counted> counted = counted(services, runs, notes);
        Set<String> stages = new TreeSet<>(), numbers = new LinkedHashSet<>();
        for (Counted run : counted) run.metrics().forEach((stage, metrics) -> {
            stages.add(stage);
            numbers.addAll(metrics.keySet());
        });
        Optional<String> usual = USUAL.stream().filter(numbers::contains).findFirst();
        if (figure.isEmpty() && usual.isEmpty())
            throw Failure.failed("none of the runs has " + String.join(" or ", USUAL) + ". " + (numbers.isEmpty() ? "None has any figure." : "--figure names another: " + String.join(", ", numbers.stream().filter(RunMetrics::headline).toList())));
        Score.Figure wanted = Score.Figure.parse(figure.isEmpty() ? usual.orElseThrow() : figure, List.copyOf(stages));
        List<Score> scores = new ArrayList<>();
        for (Counted run : counted) {
            List<Score> own = Score.of(run.folder(), run.metrics(), run.settings(), wanted);
            if (own.isEmpty()) notes.add("Not counted: " + run.folder().id() + " has no " + wanted.number() + ".");
            scores.addAll(own);
        }
        if (scores.isEmpty()) throw Failure.failed("no finished run has the figure '" + (figure.isEmpty() ? wanted.number() : figure) + "'. " + String.join(" ", notes));
        return table(services, scores, wanted, notes);
    }

    private ResultTable table(Services services, List<Score> scores, Score.Figure wanted, List<String> notes) throws Failure, IOException, RecipeException {
        TableKeys keys = TableKeys.of(scores, rows, columns);
        List<List<String>> across = ResultTable.columns(scores, keys);
        List<String> headings = new ArrayList<>();
        for (List<String> values : across) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) words.add(TableKeys.heading(keys.columns().get(i), values.get(i), !ResultTable.isWord(values.get(i))));
            headings.add(words.isEmpty() ? wanted.number() : String.join(", ", words));
        }
        Scale scale = Scale.of(wanted.number(), scores.stream().map(Score::value).toList());
        List<ResultTable.Row> cells = new Contest(services, wanted.number(), scale, smaller, resamples, notes).judge(ResultTable.rows(scores, keys, across, notes), headings);
        Set<Integer> sizes = new TreeSet<>();
        for (ResultTable.Row row : cells) row.cells().forEach(cell -> cell.ifPresent(c -> sizes.add(c.seeds().size())));
        if (sizes.contains(1)) notes.add("A cell of one seed says nothing of how far trainings spread.");
        if (scores.stream().anyMatch(s -> !s.value("fold").isEmpty())) notes.add("Each seed is the mean of its folds; 'pooled' is judged on the answers of all folds together, and so are the comparisons.");
        String over = sizes.size() == 1 ? sizes.iterator().next() + (sizes.contains(1) ? " seed" : " seeds") : "seeds, their number in brackets";
        String caption = (wanted.stage().isEmpty() ? "" : wanted.stage() + " ") + wanted.number() + (scale.percent() ? " in percent" : "") + ": median of " + over;
        List<String> heads = keys.rows().stream().map(k -> TableKeys.heading(k, keys.rows())).toList();
        return new ResultTable(caption, scale, heads, headings, cells, notes.stream().distinct().toList());
    }

    private static List<Counted> counted(Services services, List<RunFolder> runs, List<String> notes) throws Failure, IOException {
        List<Counted> counted = new ArrayList<>();
        Map<String, Set<Integer>> begun = new LinkedHashMap<>();
        Map<String, Integer> planned = new LinkedHashMap<>();
        for (RunFolder run : runs) {
            Optional<RunGroup> group = run.group();
            group.ifPresent(g -> {
                begun.computeIfAbsent(g.id(), id -> new TreeSet<>()).add(g.place());
                planned.put(g.id(), g.plan().size());
            });
            if (run.status() != RunStatus.DONE) {
                notes.add("Not counted: " + run.id() + " is " + run.status().name().toLowerCase(Locale.ROOT) + ".");
                continue;
            }
            try {
                counted.add(new Counted(run, RunMetrics.of(run.path()), services.recipes().settings(run.id(), run.recipe())));
            } catch (RecipeException e) {
                notes.add("Not counted: the recipe of " + run.id() + " cannot be read.");
            }
        }
        begun.forEach((id, places) -> {
            if (places.size() < planned.get(id)) notes.add("Of " + id + ", " + (planned.get(id) - places.size()) + " of " + planned.get(id) + " runs are not here.");
        });
        return counted;
    }
}
