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

/** The list of runs, for programs and for pages. */
@Component(service = RunList.class)
public final class RunList {
    private final Site site;
    private final RunReader reader;

    /** Of the runs of a site. */
    @Activate
    public RunList(@Reference Site site, @Reference RunReader reader) {
        this.site = site;
        this.reader = reader;
    }

    /**
     * Which runs are wanted; an empty word wants all.
     *
     * @param text what id, recipe, title or group holds
     * @param limit how many at most
     * @param offset how many to leave out at the beginning
     */
    public record Wanted(String status, String recipe, String text, int limit, int offset) {
        boolean all() {
            return status.isEmpty() && recipe.isEmpty() && text.isEmpty();
        }

        boolean fits(RunSummary run) {
            boolean said = (run.id() + "\n" + run.recipe() + "\n" + run.title() + "\n" + run.group()).toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
            return said && (status.isEmpty() || run.status().equals(status)) && (recipe.isEmpty() || run.recipe().equals(recipe));
        }
    }

    /** Some runs. @param total how many fit the question */
    public record Page(int total, List<RunSummary> runs) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /** Runs, the latest first. */
    public Page of(Wanted wanted) throws IOException {
        List<RunFolder> folders = new ArrayList<>(site.runs().list(site.root()));
        Collections.reverse(folders);
        // only what is shown is read, where nothing is looked for
        if (wanted.all()) return new Page(folders.size(), folders.stream().skip(wanted.offset()).limit(wanted.limit()).map(reader::summary).toList());
        List<RunSummary> found = folders.stream().map(reader::summary).filter(wanted::fits).toList();
        return new Page(found.size(), found.stream().skip(wanted.offset()).limit(wanted.limit()).toList());
    }
}
