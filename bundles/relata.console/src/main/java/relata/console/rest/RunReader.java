package relata.console.rest;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.result.Results;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/** Makes up what is shown of a run from its folder, and from what is known of it while this process works on it. */
@Component(service = RunReader.class)
public final class RunReader {
    /** What a recipe says of itself, without its parts being looked up: they may no longer be installed. */
    record Head(String recipe, String title, long seed, Map<String, String> settings, List<String> stages) {}

    private record Known(Head head, FileTime written) {}

    private static final Logger LOG = LoggerFactory.getLogger(RunReader.class);
    private static final FileTime NEVER = FileTime.fromMillis(0);
    private static final Head UNREADABLE = new Head("", "", 0, Map.of(), List.of());
    private static final int MOST_ARTIFACTS = 200;
    private static final int DEPTH = 3;

    private final Recipes recipes;
    private final Catalogue catalogue;
    private final Results results;
    private final Jobs jobs;
    private final Broadcast broadcast;
    // a run's recipe never changes, but a new run may get the name of one that was deleted
    private final Map<Path, Known> heads = new ConcurrentHashMap<>();

    /** With what it asks. */
    @Activate
    public RunReader(@Reference Recipes recipes, @Reference Catalogue catalogue, @Reference Results results, @Reference Jobs jobs, @Reference Broadcast broadcast) {
        this.recipes = recipes;
        this.catalogue = catalogue;
        this.results = results;
        this.jobs = jobs;
        this.broadcast = broadcast;
    }

    /** How a run stands, in a word: as in its folder, or {@code waiting} or {@code stopping} by the queue of this process. */
    String status(RunFolder run) {
        return jobs.state(run.id()).map(Json::word).orElseGet(() -> Json.word(run.status()));
    }

    /** What stands in a list. */
    RunSummary summary(RunFolder run) {
        Head head = head(run);
        String status = status(run);
        int done = (int) head.stages().stream().filter(run::finished).count();
        return new RunSummary(run.id(), head.recipe(), head.title(), status, run.error(), run.created(), ended(run, status), head.seed(), groupOf(run).map(RunGroup::id).orElse(""), head.stages().size(), done, run.worked().toMillis() / 1000.0);
    }

    /** A run's group; empty if it has none, or if nothing can tell which. */
    public static Optional<RunGroup> groupOf(RunFolder run) {
        try {
            return run.group();
        } catch (UncheckedIOException e) {
            LOG.debug("the group of run {} cannot be told", run.id(), e);
            return Optional.empty();
        }
    }

    private Optional<Instant> ended(RunFolder run, String status) {
        boolean over = jobs.state(run.id()).isEmpty() && !status.equals(Json.word(RunStatus.RUNNING));
        return over ? Optional.of(run.changed()) : Optional.empty();
    }

    /** All that is shown of a run. */
    RunDetails details(RunFolder run) throws IOException {
        RunSummary s = summary(run);
        Map<String, Double> headline = new LinkedHashMap<>();
        results.figures(run.path()).forEach((stage, numbers) -> numbers.forEach((metric, number) -> {
            if (Results.headline(metric)) headline.put(stage + "." + metric, number);
        }));
        RecipeGraph graph = RecipeGraph.of(head(run).settings(), catalogue);
        return new RunDetails(s.id(), s.recipe(), s.title(), s.status(), s.error(), s.started(), s.ended(), s.seed(), s.group(), stages(run, s, graph), provenance(run), headline, s.worked());
    }

    private List<RunDetails.StageDetails> stages(RunFolder run, RunSummary summary, RecipeGraph graph) {
        List<RunDetails.StageDetails> stages = new ArrayList<>();
        for (String name : head(run).stages()) {
            String use = head(run).settings().getOrDefault("stages." + name + ".use", "");
            String state = state(run, name, summary.status());
            Optional<Broadcast.Progressed> progress = broadcast.progress(run.id()).filter(p -> p.stage().equals(name) && state.equals("running"));
            String note = state.equals("failed") ? summary.error() : progress.map(Broadcast.Progressed::note).orElse("");
            stages.add(new RunDetails.StageDetails(name, use, state, graph.needs(name), catalogue.find("stage", use).map(Part::produces).orElse(""), note, progress));
        }
        return stages;
    }

    /** How a stage stands. @param status that of its run */
    private String state(RunFolder run, String stage, String status) {
        if (run.finished(stage)) return "done";
        boolean begun = Files.isDirectory(run.path().resolve("stages").resolve(stage));
        if (!begun || status.equals("waiting")) return "waiting";
        return switch (status) {
            case "running", "stopping" -> broadcast.stage(run.id()).map(s -> s.equals(stage)).orElse(true) ? "running" : "waiting";
            case "failed" -> "failed";
            default -> "waiting";
        };
    }

    /** The run's recipe as a graph. */
    RecipeGraph graph(RunFolder run) {
        RecipeGraph graph = RecipeGraph.of(head(run).settings(), catalogue);
        String status = status(run);
        List<RecipeGraph.Node> nodes = graph.nodes().stream().map(n -> n.kind().equals("stage") ? n.with(artifacts(run.path().resolve("stages").resolve(n.label())), state(run, n.label(), status)) : n).toList();
        return new RecipeGraph(nodes, graph.edges());
    }

    private static List<RecipeGraph.Artifact> artifacts(Path stage) {
        if (!Files.isDirectory(stage)) return List.of();
        try (Stream<Path> files = Files.walk(stage, DEPTH)) {
            List<RecipeGraph.Artifact> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().limit(MOST_ARTIFACTS).toList())
                found.add(new RecipeGraph.Artifact(stage.relativize(file).toString(), file.toFile().length()));
            return found;
        } catch (IOException | UncheckedIOException e) {
            // a run at work moves its files
            return List.of();
        }
    }

    private static Optional<Object> provenance(RunFolder run) throws IOException {
        Path file = run.path().resolve("provenance.json");
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            return Optional.of(JsonParser.parseString(Files.readString(file)));
        } catch (JsonParseException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    /** What the run's recipe says. */
    Head head(RunFolder run) {
        FileTime written = written(run);
        Known known = heads.get(run.path());
        if (known != null && known.written().equals(written)) return known.head();
        Head now = read(run);
        // what is damaged may be put right
        if (now != UNREADABLE && !written.equals(NEVER)) heads.put(run.path(), new Known(now, written));
        return now;
    }

    private static FileTime written(RunFolder run) {
        try {
            return Files.getLastModifiedTime(run.path().resolve("recipe.yaml"));
        } catch (IOException e) {
            return NEVER;
        }
    }

    private Head read(RunFolder run) {
        try {
            Map<String, String> settings = new LinkedHashMap<>(recipes.settings(run.id(), run.recipe()));
            List<String> stages = settings.keySet().stream().filter(k -> k.matches("stages\\.[^.]+\\.use")).map(k -> k.substring("stages.".length(), k.length() - ".use".length())).toList();
            return new Head(settings.getOrDefault("recipe", ""), settings.getOrDefault("title", ""), seed(settings.getOrDefault("seed", "")), settings, stages);
        } catch (RecipeException e) {
            return UNREADABLE;
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
