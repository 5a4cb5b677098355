package relata.console.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;

/** Follows the runs that other processes work on, by their files, for as long as somebody listens. */
@Component(service = Follower.class)
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int EVERY_SECONDS = 1;
    private static final Gson GSON = new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

    /** As run folders write them: JSON has no word for them. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    /** A run as it was when it was last looked at. */
    private static final class Seen {
        RunStatus status = RunStatus.STOPPED;
        boolean own;
        final List<String> done = new ArrayList<>();
        long metrics;
        long log;
        Optional<Object> file = Optional.empty();
    }

    private final Site site;
    private final RunReader reader;
    private final Jobs jobs;
    private final Events events;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "relata-follower");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, Seen> seen = new HashMap<>();
    private boolean following;

    /** Follows runs of a site. @param jobs those of this process tell by themselves */
    @Activate
    public Follower(@Reference Site site, @Reference RunReader reader, @Reference Jobs jobs, @Reference Events events) {
        this.site = site;
        this.reader = reader;
        this.jobs = jobs;
        this.events = events;
        clock.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        clock.shutdownNow();
    }

    /** Looks once. */
    synchronized void look() {
        if (!events.heard()) {
            following = false;
            return;
        }
        try {
            Map<String, Seen> now = new HashMap<>();
            for (RunFolder run : site.runs().list(site.root())) look(run, now);
            if (following) for (String id : seen.keySet()) if (!now.containsKey(id) && jobs.state(id).isEmpty()) tell("run", id, new Broadcast.RunChanged(id, "deleted"));
            seen = now;
            following = true;
        } catch (IOException | RuntimeException e) {
            LOG.debug("the runs cannot be followed now", e);
        }
    }

    /** Looks at one run; what is the matter with it holds up no other. @param all takes how it is now, before anything is told: nothing is told twice */
    private void look(RunFolder run, Map<String, Seen> all) {
        Seen before = seen.get(run.id());
        if (before != null) all.put(run.id(), before);
        try {
            look(run, before, all);
        } catch (IOException | RuntimeException e) {
            LOG.debug("run {} cannot be followed now", run.id(), e);
        }
    }

    private void look(RunFolder run, @Nullable Seen before, Map<String, Seen> all) throws IOException {
        Seen now = new Seen();
        now.status = run.status();
        now.own = jobs.state(run.id()).isPresent();
        boolean still = before != null && before.status == now.status && now.status != RunStatus.RUNNING;
        if (still) return;
        reader.head(run).stages().stream().filter(run::finished).forEach(now.done::add);
        // this process tells of its own runs by itself, to their end
        boolean told = now.own || before != null && before.own;
        // of a run that has come since the last look, all is new
        boolean fromNow = told || before == null && !following;
        now.file = file(run.path().resolve("metrics.jsonl"));
        // lines are taken back by putting another file in the place: it may be longer than the one before was
        boolean replaced = before != null && before.file.isPresent() && !before.file.equals(now.file);
        FileTail metrics = added(run.path().resolve("metrics.jsonl"), fromNow || replaced ? -1 : before == null ? 0 : before.metrics);
        FileTail log = added(run.path().resolve("log.txt"), fromNow ? -1 : before == null ? 0 : before.log);
        now.metrics = metrics.end();
        now.log = log.end();
        all.put(run.id(), now);
        if (told || !following) return;
        boolean changed = before == null || before.status != now.status;
        boolean ended = now.status != RunStatus.RUNNING;
        if (changed && !ended) tell("run", run.id(), new Broadcast.RunChanged(run.id(), Json.word(now.status)));
        for (String stage : now.done) if (before != null && !before.done.contains(stage)) tell("stage", run.id(), new Broadcast.StageChanged(run.id(), stage, "done"));
        for (String line : log.lines()) tell("said", run.id(), new Broadcast.Spoken(run.id(), "", line));
        for (String line : metrics.lines()) metric(run.id(), line);
        // the end comes last, so that whoever waits for it has heard all
        if (changed && ended) tell("run", run.id(), new Broadcast.RunChanged(run.id(), Json.word(now.status)));
    }

    /** What was added to a file. A run that is resumed takes lines back: the others were told. */
    private static FileTail added(Path file, long from) throws IOException {
        return FileTail.of(file, from > file.toFile().length() ? -1 : from);
    }

    /** What tells a file from another that comes in its place; empty if there is none, or the file system knows nothing such. */
    private static Optional<Object> file(Path path) throws IOException {
        return Files.exists(path) ? Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey()) : Optional.empty();
    }

    private void metric(String run, String line) {
        try {
            Map<String, Object> values = GSON.fromJson(line, new TypeToken<LinkedHashMap<String, Object>>() {}.getType());
            if (values == null) return;
            values.replaceAll((name, value) -> value instanceof String text && NO_NUMBERS.contains(text) ? Double.valueOf(text) : value);
            tell("metric", run, new Broadcast.Measured(run, String.valueOf(values.get("stage")), values));
        } catch (JsonParseException e) {
            LOG.debug("run {} has a damaged line in its metrics", run, e);
        }
    }

    private void tell(String type, String run, Object data) {
        events.tell(type, run, data);
    }
}
