package relata.console.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/** Runs that were started together: shows, stops and resumes them as one. */
@Component(service = Resource.class)
public final class GroupsResource implements Resource {
    private final Site site;
    private final RunReader reader;
    private final Recipes recipes;
    private final Jobs jobs;

    /** Over the runs of a site. */
    @Activate
    public GroupsResource(@Reference Site site, @Reference RunReader reader, @Reference Recipes recipes, @Reference Jobs jobs) {
        this.site = site;
        this.reader = reader;
        this.recipes = recipes;
        this.jobs = jobs;
    }

    /** One of the runs of a group. @param set what is set in the recipe for it @param run empty if it has not begun, or is deleted */
    record Place(Map<String, String> set, Optional<RunSummary> run) {}

    /** A group. @param standing how many of its runs stand how; those that are not there are {@code missing} @param runs in the order of its plan */
    record Group(String id, String recipe, String title, Map<String, Integer> standing, List<Place> runs) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/groups/{group}", "Runs that were started together, in the order of their plan.", Group.class, r -> shown(places(r.path("group")))),
                new Route("POST", "/groups/{group}/stop", Role.RUNNER, "Stops all runs of a group that this process works on; they can be resumed.", Nothing.class, Group.class, this::stop).status(202),
                new Route("POST", "/groups/{group}/resume", Role.RUNNER, "Goes on with all runs of a group that are not done; those that are missing are made anew.", Nothing.class, Group.class, this::resume).status(202));
    }

    /** The folders of a group by their place in its plan; of two in one place, the one that is done. */
    private TreeMap<Integer, RunFolder> places(String id) throws Refusal, IOException {
        TreeMap<Integer, RunFolder> places = new TreeMap<>();
        for (RunFolder run : site.runs().list(site.root())) {
            Optional<RunGroup> group = RunReader.groupOf(run).filter(g -> g.id().equals(id));
            if (group.isPresent() && (!places.containsKey(group.get().place()) || run.status() == RunStatus.DONE)) places.put(group.get().place(), run);
        }
        if (places.isEmpty()) throw new Refusal(404, "no-such-group", "There is no group '" + id + "'.");
        return places;
    }

    private static RunGroup group(TreeMap<Integer, RunFolder> places) throws Refusal {
        return RunReader.groupOf(places.firstEntry().getValue()).orElseThrow(() -> new Refusal(404, "no-such-group", "The group is no longer there."));
    }

    private Group shown(TreeMap<Integer, RunFolder> places) throws Refusal {
        RunGroup group = group(places);
        List<Place> all = new ArrayList<>();
        Map<String, Integer> standing = new TreeMap<>();
        for (int place = 0; place < group.plan().size(); place++) {
            Optional<RunSummary> run = Optional.ofNullable(places.get(place)).map(reader::summary);
            standing.merge(run.map(RunSummary::status).orElse("missing"), 1, Integer::sum);
            all.add(new Place(new LinkedHashMap<>(group.plan().get(place)), run));
        }
        RunReader.Head head = reader.head(places.firstEntry().getValue());
        return new Group(group.id(), head.recipe(), head.title(), standing, all);
    }

    private Group stop(Request request) throws Refusal, IOException {
        synchronized (jobs.making) {
            TreeMap<Integer, RunFolder> places = places(request.path("group"));
            if (jobs.stop(places.values()) == 0) throw new Refusal(409, "not-running", "This process works on no run of the group " + request.path("group") + ".");
            return shown(places);
        }
    }

    private Group resume(Request request) throws Refusal, IOException, RecipeException {
        // one at a time: nothing that is missing is made twice
        synchronized (jobs.making) {
            RunGroup group = group(places(request.path("group")));
            try (GroupLocks.Hold held = jobs.groups.hold(group)) {
                // looked up once nobody else makes runs of the group: what is missing now stays so
                TreeMap<Integer, RunFolder> places = places(group.id());
                Map<Integer, RunFolder> more = jobs.resume(places, missing(places, group), group);
                if (more.isEmpty()) throw new Refusal(409, "nothing-to-resume", "All runs of the group " + group.id() + " are done, or at work already.");
                places.putAll(more);
                return shown(places);
            }
        }
    }

    private Map<Integer, Recipe> missing(Map<Integer, RunFolder> places, RunGroup group) throws Refusal, RecipeException {
        List<Integer> missing = IntStream.range(0, group.plan().size()).filter(place -> !places.containsKey(place)).boxed().toList();
        if (missing.size() > Jobs.MOST_TOGETHER)
            throw new Refusal(409, "too-many-missing", "Of the group " + group.id() + ", " + missing.size() + " runs are missing, but " + Jobs.MOST_TOGETHER
                    + " can be started together here. 'relata run --resume " + group.id() + "', without a server, makes them one after the other.");
        Map<Integer, Recipe> read = new LinkedHashMap<>();
        for (int place : missing) read.put(place, recipes.read(group.id(), group.recipe(), group.plan().get(place)));
        return read;
    }
}
