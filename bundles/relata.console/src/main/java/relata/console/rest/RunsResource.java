package relata.console.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;

/** The runs: lists, starts, stops and deletes them. */
@Component(service = Resource.class)
public final class RunsResource implements Resource {
    private static final int MOST = 1000;

    private final Site site;
    private final RunReader reader;
    private final Recipes recipes;
    private final Jobs jobs;

    /** Over the runs of a site. */
    @Activate
    public RunsResource(@Reference Site site, @Reference RunReader reader, @Reference Recipes recipes, @Reference Jobs jobs) {
        this.site = site;
        this.reader = reader;
        this.recipes = recipes;
        this.jobs = jobs;
    }

    /** Some runs. @param total how many fit the question */
    record Page(int total, List<RunSummary> runs) {}

    /** A recipe to run. */
    record Start(@Doc("The recipe, in YAML.") String recipe, @Doc("Path to value: what is set in it, as by -D.") @Default("{}") Map<String, Object> overrides) {
        /** What is set, as text. */
        Map<String, String> set() {
            Map<String, String> set = new LinkedHashMap<>();
            overrides.forEach((path, value) -> set.put(path, value instanceof String s ? s : Json.write(value)));
            return set;
        }
    }

    /** How a run stands. */
    record Standing(String id, String status) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/runs", "Runs, the latest first.", Page.class, this::list)
                        .query("status", "Only runs that stand so.").query("recipe", "Only runs of this recipe.").query("q", "Only runs whose id, recipe, title or group holds this text.")
                        .query("limit", "How many at most, from 1 to " + MOST + "; 100 if not given.").query("offset", "How many to leave out at the beginning."),
                new Route("POST", "/runs", Role.RUNNER, "Starts a run of a recipe; it waits while others run.", Start.class, Standing.class, this::start).status(201),
                new Route("POST", "/runs/{run}/stop", Role.RUNNER, "Stops a run at its next safe point; it can be resumed.", Nothing.class, Standing.class, this::stop).status(202),
                new Route("POST", "/runs/{run}/resume", Role.RUNNER, "Goes on with a run that was stopped or has failed.", Nothing.class, Standing.class, this::resume).status(202),
                new Route("DELETE", "/runs/{run}", Role.RUNNER, "Deletes a run and all that it made.", Nothing.class, Nothing.class, this::remove));
    }

    private Page list(Request request) throws Refusal, IOException {
        int limit = request.number("limit", 100, 1, MOST);
        int offset = request.number("offset", 0, 0, Integer.MAX_VALUE);
        String text = request.query("q").toLowerCase(Locale.ROOT);
        List<RunFolder> folders = new ArrayList<>(site.runs().list(site.root()));
        Collections.reverse(folders);
        boolean all = text.isEmpty() && request.query("status").isEmpty() && request.query("recipe").isEmpty();
        // only what is shown is read, where nothing is looked for
        if (all) return new Page(folders.size(), folders.stream().skip(offset).limit(limit).map(reader::summary).toList());
        List<RunSummary> found = folders.stream().map(reader::summary)
                .filter(r -> request.query("status").isEmpty() || r.status().equals(request.query("status")))
                .filter(r -> request.query("recipe").isEmpty() || r.recipe().equals(request.query("recipe")))
                .filter(r -> (r.id() + "\n" + r.recipe() + "\n" + r.title() + "\n" + r.group()).toLowerCase(Locale.ROOT).contains(text))
                .toList();
        return new Page(found.size(), found.stream().skip(offset).limit(limit).toList());
    }

    private Standing start(Request request) throws Refusal, IOException, RecipeException {
        Start start = request.body(Start.class);
        RunFolder run = jobs.start(recipes.read("recipe", start.recipe(), start.set()));
        return standing(run);
    }

    private Standing stop(Request request) throws Refusal, IOException {
        RunFolder run = site.run(request.path("run"));
        return new Standing(run.id(), jobs.stop(run));
    }

    private Standing resume(Request request) throws Refusal, IOException {
        RunFolder run = site.run(request.path("run"));
        jobs.resume(run);
        return standing(run);
    }

    private Standing standing(RunFolder run) {
        return new Standing(run.id(), reader.status(run));
    }

    private Nothing remove(Request request) throws Refusal, IOException {
        jobs.remove(site.run(request.path("run")));
        return Nothing.NOTHING;
    }
}
