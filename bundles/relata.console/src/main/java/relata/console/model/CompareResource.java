package relata.console.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.result.Comparisons;
import relata.api.result.ResultException;
import relata.api.result.ResultTable;
import relata.api.result.Spread;
import relata.api.result.TableRequest;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Route;
import relata.console.rest.RunReader;
import relata.console.rest.Site;

/** Several runs side by side, as {@code relata runs compare} shows them. */
@Component(service = Resource.class)
public final class CompareResource implements Resource {
    private static final int KEPT = 20;
    private static final int MOST_RUNS = 200;
    private static final int MOST_RESAMPLES = 10_000;

    private final Site site;
    private final Comparisons comparisons;
    private final HeavyRequests heavy;
    /** Resampling takes seconds, and what is done does not change. */
    private final Map<Asked, Table> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Table> eldest) {
            return size() > KEPT;
        }
    };

    /** Over the runs of a site. */
    @Activate
    public CompareResource(@Reference Site site, @Reference Comparisons comparisons, @Reference HeavyRequests heavy) {
        this.site = site;
        this.comparisons = comparisons;
        this.heavy = heavy;
    }

    /**
     * A cell.
     *
     * @param median over the seeds, each the mean of its folds; and so are the four numbers after it
     * @param pooled with folds: the median over the seeds, each judged on the answers of all folds together
     * @param runs ids of the runs behind it
     * @param best no other of its column is better
     * @param level not the best, but not distinguishable from the best of its column
     * @param text as it is written
     */
    record Cell(double median, double mean, double deviation, double min, double max, List<Double> values, Optional<Double> pooled, List<Long> seeds, List<String> runs, boolean best, boolean level, String text) {
        static Cell of(ResultTable.Cell c, ResultTable table) {
            Spread s = c.spread();
            return new Cell(s.median(), s.mean(), s.deviation(), s.min(), s.max(), s.values(), c.pooled(), List.copyOf(c.runs().keySet()), c.runs().values().stream().flatMap(List::stream).toList(), c.best(), c.level(),
                    table.scale().number(s.median()));
        }
    }

    /** A row. @param cells one for each column; null where there is no result */
    record Row(List<String> titles, List<Optional<Cell>> cells) {}

    /**
     * A table.
     *
     * @param caption what the cells are
     * @param percent true if {@code text} and the notes show shares of one in percent; the numbers are shares in any case
     * @param heads what the titles of rows stand for
     * @param verdicts what the paired bootstrap says of pairs of rows
     * @param notes what must be known
     */
    record Table(String caption, boolean percent, List<String> heads, List<String> columns, List<Row> rows, List<ResultTable.Verdict> verdicts, List<String> notes) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/compare", "One figure of several runs: spread over seeds, the best of each column, and which differences can be told from chance.", Table.class, heavy.few(this::compare))
                .query("runs", "Ids of runs or groups, with commas between them.").query("figure", "The figure, e.g. accuracy, or test.micro-f1 of one stage; micro-f1, else accuracy, if not given.")
                .query("rows", "What rows stand for: recipe, stage, seed, fold, fraction, or paths of settings, with commas between them; all that differs if not given.")
                .query("columns", "What columns stand for; fraction, if it differs, if not given.").query("smaller", "true: the smallest is the best.")
                .query("resamples", "Of the paired bootstrap, from 0, which compares nothing and answers at once, to " + MOST_RESAMPLES + "; 1000 if not given."));
    }

    /** What is asked for, of runs as they stand. */
    private record Asked(TableRequest wanted, List<String> runs) {}

    private Table compare(Request request) throws Refusal, IOException, RecipeException {
        TableRequest wanted = new TableRequest(
                words(request.query("rows")), words(request.query("columns")), request.query("figure"), JudgingResource.word(request, "smaller", List.of("true", "false")).equals("true"),
                request.number("resamples", 1000, 0, MOST_RESAMPLES), "");
        List<RunFolder> runs = runs(words(request.query("runs")));
        Asked asked = new Asked(wanted, runs.stream().map(r -> r.id() + " " + r.status()).toList());
        synchronized (kept) {
            Table known = kept.get(asked);
            if (known != null) return known;
        }
        Table table = table(runs, wanted);
        synchronized (kept) {
            kept.put(asked, table);
        }
        return table;
    }

    private Table table(List<RunFolder> runs, TableRequest wanted) throws Refusal, IOException, RecipeException {
        try {
            ResultTable table = comparisons.table(runs, wanted);
            List<Row> rows = table.rows().stream().map(r -> new Row(r.titles(), r.cells().stream().map(c -> c.map(x -> Cell.of(x, table))).toList())).toList();
            return new Table(table.caption(), table.scale().percent(), table.heads(), table.columns(), rows, table.verdicts(), table.notes());
        } catch (ResultException e) {
            throw e.wrongRequest() ? new Refusal(400, "wrong-query", String.valueOf(e.getMessage())) : new Refusal(409, "nothing-to-compare", String.valueOf(e.getMessage()));
        }
    }

    /** The runs of all words, each once. */
    private List<RunFolder> runs(List<String> words) throws Refusal, IOException {
        if (words.isEmpty()) throw new Refusal(400, "wrong-query", "runs is missing: the ids of runs or groups, with commas between them.");
        List<RunFolder> all = site.runs().list(site.root());
        Map<String, RunFolder> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String word : words) {
            List<RunFolder> fit = all.stream().filter(r -> r.id().equals(word) || RunReader.groupOf(r).map(RunGroup::id).filter(word::equals).isPresent()).toList();
            if (fit.isEmpty()) missing.add("There is no run or group '" + word + "'.");
            fit.forEach(r -> found.put(r.id(), r));
        }
        if (!missing.isEmpty()) throw new Refusal(404, "no-such-run", missing.size() == 1 ? missing.get(0) : missing.size() + " runs are not there.", missing);
        if (found.size() > MOST_RUNS) throw new Refusal(400, "wrong-query", "runs names " + found.size() + " runs, but " + MOST_RUNS + " are the most.");
        return List.copyOf(found.values());
    }

    private static List<String> words(String commas) {
        return commas.isBlank() ? List.of() : List.of(commas.split(",")).stream().map(String::strip).filter(w -> !w.isEmpty()).distinct().toList();
    }
}
