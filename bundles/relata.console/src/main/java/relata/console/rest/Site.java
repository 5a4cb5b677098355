package relata.console.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.RunFolder;
import relata.api.run.Runs;

/** What is served: a folder of runs, of one installation. */
@Component(service = Site.class)
public final class Site {
    private final Path home;
    private final Runs runs;
    private volatile Path root = Path.of("runs");
    private volatile boolean uploads;

    /** Of the platform that this is. */
    @Activate
    public Site(BundleContext context, @Reference Runs runs) {
        this(Path.of(Objects.requireNonNullElse(context.getProperty("relata.home"), ".")), runs);
    }

    /** Outside a platform. */
    public Site(Path home, Runs runs) {
        this.home = home;
        this.runs = runs;
    }

    /** Serves another folder of runs from now on. @param takes true if plug-ins may be uploaded */
    public void serve(Path folder, boolean takes) {
        root = folder.toAbsolutePath().normalize();
        uploads = takes;
    }

    /** Serves another folder of runs from now on, and takes no uploads. */
    public void serve(Path folder) {
        serve(folder, false);
    }

    /** True if plug-ins may be uploaded. */
    boolean uploads() {
        return uploads;
    }

    /** The folder of the distribution. */
    public Path home() {
        return home;
    }

    /** The folder of runs. */
    public Path root() {
        return root;
    }

    /** Reads and makes runs. */
    public Runs runs() {
        return runs;
    }

    /**
     * A run by its whole id, or {@code last}. Only what is listed is found: what a client sends is never taken for a path.
     *
     * @throws Refusal if there is none
     */
    public RunFolder run(String id) throws Refusal, IOException {
        List<RunFolder> all = runs.list(root);
        if (id.equals("last") && !all.isEmpty()) return all.get(all.size() - 1);
        for (RunFolder run : all) if (run.id().equals(id)) return run;
        throw new Refusal(404, "no-such-run", all.isEmpty() ? "There is no run yet." : "There is no run '" + id + "'.");
    }
}
