package relata.runs.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import relata.api.result.Comparisons;
import relata.api.result.ResultException;
import relata.api.result.ResultTable;
import relata.api.result.Results;
import relata.api.result.Scale;
import relata.api.result.TableRequest;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;
import relata.api.run.Workbench;

/** Makes tables of results of runs. */
@Component(service = Comparisons.class)
public final class TableComparisons implements Comparisons {
    private static final List<String> USUAL = List.of("micro-f1", "accuracy");

    private final Results results;
    private final @Nullable Recipes recipes;
    private final @Nullable Workbench workbench;

    /** With what reads results and recipes, and what makes metrics; without the engine there are no tables, but nothing waits for it. */
    @Activate
    public TableComparisons(
            @Reference Results results,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable Recipes recipes,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable Workbench workbench) {
        this.results = results;
        this.recipes = recipes;
        this.workbench = workbench;
    }

    private Recipes recipes() {
        return there(recipes, "the reader of recipes");
    }

    private Workbench workbench() {
        return there(workbench, "the engine");
    }

    private static <T> T there(@Nullable T service, String what) {
        if (service == null) throw new IllegalStateException(what + " is not running; is the feature engine-cpu started? 'relata doctor' says what is wrong");
        return service;
    }

    /** A run that counts. */
    private record Counted(RunFolder folder, Map<String, Map<String, Double>> metrics, Map<String, String> settings) {}

    @Override
    public ResultTable table(List<RunFolder> runs, TableRequest request) throws ResultException, IOException, RecipeException {
        String figure = request.figure();
        List<String> notes = new ArrayList<>();
        List<Counted> counted = counted(runs, notes);
        Set<String> stages = new TreeSet<>(), numbers = new LinkedHashSet<>();
        for (Counted run : counted) run.metrics().forEach((stage, metrics) -> {
            stages.add(stage);
            numbers.addAll(metrics.keySet());
        });
        Optional<String> usual = USUAL.stream().filter(numbers::contains).findFirst();
        if (figure.isEmpty() && usual.isEmpty())
            throw new ResultException("none of the runs has " + String.join(" or ", USUAL) + ". " + (numbers.isEmpty() ? "None has any figure." : request.option() + "figure names another: " + String.join(", ", numbers.stream().filter(Results::headline).toList())), false);
        Score.Figure wanted = Score.Figure.parse(figure.isEmpty() ? usual.orElseThrow() : figure, List.copyOf(stages));
        List<Score> scores = new ArrayList<>();
        for (Counted run : counted) {
            List<Score> own = Score.of(run.folder(), run.metrics(), run.settings(), wanted);
            if (own.isEmpty()) notes.add("Not counted: " + run.folder().id() + " has no " + wanted.number() + ".");
            scores.addAll(own);
        }
        if (scores.isEmpty()) throw new ResultException("no finished run has the figure '" + (figure.isEmpty() ? wanted.number() : figure) + "'. " + String.join(" ", notes), false);
        return table(scores, wanted, request, notes);
    }

    private ResultTable table(List<Score> scores, Score.Figure wanted, TableRequest request, List<String> notes) throws ResultException, IOException, RecipeException {
        TableKeys keys = TableKeys.of(scores, request);
        List<List<String>> across = Grid.columns(scores, keys);
        List<String> headings = new ArrayList<>();
        for (List<String> values : across) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) words.add(TableKeys.heading(keys.columns().get(i), values.get(i), !Grid.isWord(values.get(i))));
            headings.add(words.isEmpty() ? wanted.number() : String.join(", ", words));
        }
        Scale scale = Scale.of(wanted.number(), scores.stream().map(Score::value).toList());
        Contest contest = new Contest(recipes(), workbench(), wanted.number(), scale, request.smaller(), request.resamples(), notes);
        List<Grid> cells = contest.judge(Grid.rows(scores, keys, across, request.option(), notes), headings);
        Set<Integer> sizes = new TreeSet<>();
        for (Grid row : cells) row.cells().forEach(cell -> cell.ifPresent(c -> sizes.add(c.seeds().size())));
        if (sizes.contains(1)) notes.add("A cell of one seed says nothing of how far trainings spread.");
        if (scores.stream().anyMatch(s -> !s.value("fold").isEmpty())) notes.add("Each seed is the mean of its folds; 'pooled' is judged on the answers of all folds together, and so are the comparisons.");
        String over = sizes.size() == 1 ? sizes.iterator().next() + (sizes.contains(1) ? " seed" : " seeds") : "seeds, their number in brackets";
        String caption = (wanted.stage().isEmpty() ? "" : wanted.stage() + " ") + wanted.number() + (scale.percent() ? " in percent" : "") + ": median of " + over;
        List<String> heads = keys.rows().stream().map(k -> TableKeys.heading(k, keys.rows())).toList();
        return new ResultTable(caption, scale, heads, headings, cells.stream().map(Grid::shown).toList(), contest.verdicts(), notes.stream().distinct().toList());
    }

    private List<Counted> counted(List<RunFolder> runs, List<String> notes) throws IOException {
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
                counted.add(new Counted(run, results.figures(run.path()), recipes().settings(run.id(), run.recipe())));
            } catch (RecipeException e) {
                notes.add("Not counted: the recipe of " + run.id() + " cannot be read.");
            }
        }
        begun.forEach((id, places) -> {
            if (places.size() < planned.get(id)) notes.add("Of " + id + ", " + (planned.get(id) - places.size()) + " of " + planned.get(id) + " runs are not here.");
        });
        return counted;
    }

    @Override
    public Map<String, Double> pooled(List<Path> runs, Map<String, String> settings, String stage) throws IOException, RecipeException {
        List<Answers> answers = new ArrayList<>();
        for (Path run : runs) Answers.read(run.resolve("stages").resolve(stage)).ifPresent(answers::add);
        return answers.size() < runs.size() ? Map.of() : new StageMetrics(recipes(), workbench(), settings, stage).of(Answers.pooled(answers).predictions());
    }
}
