package relata.console.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.run.PlanException;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunPlan;

/** The runs: lists, starts, stops and deletes them. */
@Component(service = Resource.class)
public final class RunsResource implements Resource {
    private static final int MOST = 1000;

    private final Site site;
    private final RunReader reader;
    private final RunList list;
    private final Recipes recipes;
    private final Jobs jobs;

    /** Over the runs of a site. */
    @Activate
    public RunsResource(@Reference Site site, @Reference RunReader reader, @Reference RunList list, @Reference Recipes recipes, @Reference Jobs jobs) {
        this.site = site;
        this.reader = reader;
        this.list = list;
        this.recipes = recipes;
        this.jobs = jobs;
    }

    /** A recipe to run, once or several times. */
    record Start(
            @Doc("The recipe, in YAML.") String recipe, @Doc("Path to value: what is set in it, as by -D.") @Default("{}") Map<String, Object> overrides,
            @Doc("Path to values with commas between them: a run for each, as by --vary.") @Default("{}") Map<String, String> vary,
            @Doc("42..46 or 1,7,42: a run for each seed.") @Default("\"\"") String seeds,
            @Doc("0.01,0.1,1: a run for each share of the training data.") @Default("\"\"") String fractions,
            @Doc("The stages that the shares are about; those that train on the split 'train' of the recipe's corpus, if not given.") @Default("[]") List<String> fractionStages,
            @Doc("A run for each of so many folds of the corpus's documents.") @Default("0") int folds) {
        /** What is set, as text. */
        Map<String, String> set() {
            Map<String, String> set = new LinkedHashMap<>();
            overrides.forEach((path, value) -> set.put(path, value instanceof String s ? s : Json.write(value)));
            return set;
        }

        /** The runs that are wanted. */
        RunPlan.Planned planned(Recipes recipes) throws PlanException, RecipeException {
            RunPlan plan = RunPlan.parse(vary, seeds.strip(), fractions.strip(), fractionStages, folds, "");
            if (plan.count() > Jobs.MOST_TOGETHER) throw new PlanException("that is " + plan.count() + " runs, but " + Jobs.MOST_TOGETHER + " can be started together here");
            return plan.of(recipes, "recipe", recipe, set());
        }
    }

    /** What was started. @param id of the run, of several the first @param status its @param group of several runs; empty for one alone @param runs ids of all, in their order */
    record Started(String id, String status, String group, List<String> runs) {}

    /** How a run stands. */
    record Standing(String id, String status) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/runs", "Runs, the latest first.", RunList.Page.class, this::list)
                        .query("status", "Only runs that stand so.").query("recipe", "Only runs of this recipe.").query("q", "Only runs whose id, recipe, title or group holds this text.")
                        .query("limit", "How many at most, from 1 to " + MOST + "; 100 if not given.").query("offset", "How many to leave out at the beginning."),
                new Route("POST", "/runs", Role.RUNNER, "Starts a run of a recipe, or several that differ; they wait while others run.", Start.class, Started.class, this::start).status(201),
                new Route("POST", "/runs/{run}/stop", Role.RUNNER, "Stops a run at its next safe point; it can be resumed.", Nothing.class, Standing.class, this::stop).status(202),
                new Route("POST", "/runs/{run}/resume", Role.RUNNER, "Goes on with a run that was stopped or has failed.", Nothing.class, Standing.class, this::resume).status(202),
                new Route("DELETE", "/runs/{run}", Role.RUNNER, "Deletes a run and all that it made.", Nothing.class, Nothing.class, this::remove));
    }

    private RunList.Page list(Request request) throws Refusal, IOException {
        return list.of(new RunList.Wanted(
                request.query("status"), request.query("recipe"), request.query("q"), request.number("limit", 100, 1, MOST), request.number("offset", 0, 0, Integer.MAX_VALUE)));
    }

    private Started start(Request request) throws Refusal, IOException, RecipeException {
        RunPlan.Planned planned;
        try {
            planned = request.body(Start.class).planned(recipes);
        } catch (PlanException e) {
            throw new Refusal(400, "wrong-plan", String.valueOf(e.getMessage()));
        }
        if (planned.plan().get(0).isEmpty()) {
            RunFolder run = jobs.start(planned.recipe());
            return new Started(run.id(), reader.status(run), "", List.of(run.id()));
        }
        RunGroup group = new RunGroup(site.runs().newGroup(site.root(), planned.recipe()), planned.recipe().yaml(), planned.plan(), 0);
        List<RunFolder> runs = jobs.start(planned.recipes(), group);
        return new Started(runs.get(0).id(), reader.status(runs.get(0)), group.id(), runs.stream().map(RunFolder::id).toList());
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
