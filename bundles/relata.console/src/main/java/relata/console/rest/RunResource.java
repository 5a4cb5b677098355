package relata.console.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.RunFolder;

/** One run: its stages, its graph, its lines of metrics and its log. */
@Component(service = Resource.class)
public final class RunResource implements Resource {
    private static final int MOST_LINES = 20_000;

    private final Site site;
    private final RunReader reader;

    /** Over the runs of a site. */
    @Activate
    public RunResource(@Reference Site site, @Reference RunReader reader) {
        this.site = site;
        this.reader = reader;
    }

    /** Lines of {@code metrics.jsonl}. @param total how many there are of what was asked for */
    record Metrics(int total, List<Map<String, Object>> lines) {}

    /** Lines of {@code log.txt}. @param next what to ask for to read on */
    record Log(List<String> lines, long next) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/runs/{run}", "A run with its stages, its provenance and its figures.", RunDetails.class, r -> reader.details(run(r))),
                Route.get("/runs/{run}/graph", "The run's recipe as a graph of stages and parts.", RecipeGraph.class, r -> reader.graph(run(r))),
                Route.get("/runs/{run}/metrics", "What the run measured, line by line.", Metrics.class, this::metrics)
                        .query("stage", "Only lines of this stage.").query("limit", "How many at most, evenly picked, the last always among them; from 1 to " + MOST_LINES + "; 2000 if not given."),
                Route.get("/runs/{run}/log", "What the run said.", Log.class, this::log).query("from", "Where to begin: 'next' of the answer before; 0 if not given."),
                Route.get("/runs/{run}/recipe", "The recipe as it is run, with all defaults filled in.", Plain.class, r -> new Plain("application/yaml", run(r).recipe())));
    }

    private RunFolder run(Request request) throws Refusal, IOException {
        return site.run(request.path("run"));
    }

    private Metrics metrics(Request request) throws Refusal, IOException {
        int limit = request.number("limit", 2000, 1, MOST_LINES);
        String stage = request.query("stage");
        List<Map<String, Object>> all = run(request).metrics().stream().filter(l -> stage.isEmpty() || stage.equals(l.get("stage"))).toList();
        return new Metrics(all.size(), thinned(all, limit));
    }

    private static <T> List<T> thinned(List<T> all, int limit) {
        if (all.size() <= limit) return all;
        List<T> some = new ArrayList<>();
        for (int i = 1; i <= limit; i++) some.add(all.get((int) ((long) i * all.size() / limit) - 1));
        return some;
    }

    private Log log(Request request) throws Refusal, IOException {
        FileTail tail = FileTail.of(run(request).path().resolve("log.txt"), request.number("from", 0, 0, Integer.MAX_VALUE));
        return new Log(tail.lines(), tail.end());
    }
}
