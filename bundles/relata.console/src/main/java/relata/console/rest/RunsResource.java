package relata.console.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.RunFolder;

/** The runs and what is in their folders. */
@Component(service = Resource.class)
public final class RunsResource implements Resource {
    private static final int MOST = 1000;

    private final Site site;
    private final RunReader reader;

    /** Over the runs of a site. */
    @Activate
    public RunsResource(@Reference Site site, @Reference RunReader reader) {
        this.site = site;
        this.reader = reader;
    }

    /** Some runs. @param total how many fit the question */
    record Page(int total, List<RunSummary> runs) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/runs", "Runs, the latest first.", Page.class, this::list)
                        .query("status", "Only runs that stand so.").query("recipe", "Only runs of this recipe.").query("q", "Only runs whose id, recipe, title or group holds this text.")
                        .query("limit", "How many at most, from 1 to " + MOST + "; 100 if not given.").query("offset", "How many to leave out at the beginning."));
    }

    private Page list(Request request) throws Refusal, IOException {
        int limit = request.number("limit", 100, 1, MOST);
        int offset = request.number("offset", 0, 0, Integer.MAX_VALUE);
        String text = request.query("q").toLowerCase(Locale.ROOT);
        List<RunFolder> folders = new ArrayList<>(site.runs().list(site.root()));
        Collections.reverse(folders);
        List<RunSummary> found = folders.stream().map(reader::summary)
                .filter(r -> request.query("status").isEmpty() || r.status().equals(request.query("status")))
                .filter(r -> request.query("recipe").isEmpty() || r.recipe().equals(request.query("recipe")))
                .filter(r -> (r.id() + "\n" + r.recipe() + "\n" + r.title() + "\n" + r.group()).toLowerCase(Locale.ROOT).contains(text))
                .toList();
        return new Page(found.size(), found.stream().skip(offset).limit(limit).toList());
    }
}
