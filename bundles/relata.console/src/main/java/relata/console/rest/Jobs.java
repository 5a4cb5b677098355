package relata.console.rest;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.run.Recipe;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/** The runs that this process works on: one at a time, the others wait in the order in which they came. */
@Component(service = Jobs.class)
public final class Jobs {
    /** How a run stands that was given to this process. */
    enum State {
        /** Others come first. */
        WAITING,
        /** It is worked on. */
        RUNNING,
        /** It was asked to stop, and goes on to the next safe point. */
        STOPPING
    }

    private static final class Job {
        final RunFolder folder;
        final Optional<GroupLocks.Hold> group;
        State state = State.WAITING;
        volatile boolean stop;

        Job(RunFolder folder, Optional<GroupLocks.Hold> group) {
            this.folder = folder;
            this.group = group;
        }
    }

    /** As many as can be compared. */
    static final int MOST_TOGETHER = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** Held while runs of a group are made: until then some only seem to be missing, or nothing to stop. Taken before the monitor of this. */
    final Object making = new Object();

    /** Keep other processes from the groups that this one works on. */
    final GroupLocks groups;

    private final Site site;
    private final Recipes recipes;
    private final RecipeRunner runner;
    private final Broadcast broadcast;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(r -> new Thread(r, "relata-runs"));
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean closing;

    /** Runs recipes of a site. */
    @Activate
    public Jobs(@Reference Site site, @Reference Recipes recipes, @Reference RecipeRunner runner, @Reference Broadcast broadcast) {
        this.site = site;
        this.recipes = recipes;
        this.runner = runner;
        this.broadcast = broadcast;
        this.groups = new GroupLocks(site);
    }

    /** How a run stands here; empty if this process has nothing to do with it. */
    synchronized Optional<State> state(String run) {
        return Optional.ofNullable(jobs.get(run)).map(j -> j.state);
    }

    /** Makes a run, and works on it when its turn comes. */
    synchronized RunFolder start(Recipe recipe) throws Refusal, IOException {
        Job job = make(recipe, Optional.empty());
        queue(job);
        return job.folder;
    }

    /** Makes the runs of a group, and works on them in their order. @param all one for each place of the group's plan */
    List<RunFolder> start(List<Recipe> all, RunGroup group) throws Refusal, IOException {
        Map<Integer, Recipe> places = new LinkedHashMap<>();
        for (int place = 0; place < all.size(); place++) places.put(place, all.get(place));
        return List.copyOf(resume(Map.of(), places, group).values());
    }

    /**
     * Goes on with those runs of a group that were stopped or failed, and makes those that are missing, either all of them or none; in the order of its plan.
     *
     * @param there the group's runs by place
     * @param missing recipes by place
     * @return the runs that begin or go on, by place
     * @throws Refusal if a run is still stopping, or another process works on one
     */
    Map<Integer, RunFolder> resume(Map<Integer, RunFolder> there, Map<Integer, Recipe> missing, RunGroup group) throws Refusal, IOException {
        synchronized (making) {
            refuseBusy(there.values());
            // the jobs have holds of their own, for as long as they are there
            try (GroupLocks.Hold held = groups.hold(group)) {
                return resumeHeld(there, missing, group);
            }
        }
    }

    private Map<Integer, RunFolder> resumeHeld(Map<Integer, RunFolder> there, Map<Integer, Recipe> missing, RunGroup group) throws Refusal, IOException {
        Map<Integer, Job> made = new LinkedHashMap<>();
        try {
            for (Map.Entry<Integer, Recipe> e : missing.entrySet()) made.put(e.getKey(), make(e.getValue(), Optional.of(group.at(e.getKey()))));
            return queueAll(there, made);
        } catch (Refusal | IOException | RuntimeException e) {
            for (Job job : made.values()) undo(job, e);
            throw e;
        }
    }

    private synchronized void refuseBusy(Collection<RunFolder> group) throws Refusal {
        for (RunFolder folder : group) {
            Job job = jobs.get(folder.id());
            if (job != null && job.state == State.STOPPING) throw stillStopping(folder);
            // it makes the runs of a group one after the other: what it has not made yet only seems to be missing
            if (job == null && folder.status() == RunStatus.RUNNING)
                throw new Refusal(409, "other-process", "Another process works on run " + folder.id() + ", and perhaps on others of its group after it. Resume the group once that process has ended.");
        }
    }

    /** Makes a run that waits, in one go: nobody finds it in between, takes it for stopped, and resumes or deletes it. */
    private synchronized Job make(Recipe recipe, Optional<RunGroup> group) throws Refusal, IOException {
        open();
        return waiting(site.runs().create(site.root(), recipe, group));
    }

    private Job waiting(RunFolder folder) throws Refusal, IOException {
        Optional<RunGroup> group = RunReader.groupOf(folder);
        Job job = new Job(folder, group.isPresent() ? Optional.of(groups.hold(group.get())) : Optional.empty());
        jobs.put(folder.id(), job);
        broadcast.run(folder.id(), Json.word(State.WAITING));
        return job;
    }

    private synchronized Map<Integer, RunFolder> queueAll(Map<Integer, RunFolder> there, Map<Integer, Job> made) throws Refusal, IOException {
        open();
        // before any of them waits: if it cannot be read how one stands, none does
        Map<Integer, RunFolder> more = new LinkedHashMap<>();
        for (Map.Entry<Integer, RunFolder> e : there.entrySet()) {
            RunStatus status = e.getValue().status();
            if (!jobs.containsKey(e.getValue().id()) && status != RunStatus.DONE && status != RunStatus.RUNNING) more.put(e.getKey(), e.getValue());
        }
        TreeMap<Integer, Job> all = new TreeMap<>(made);
        for (Map.Entry<Integer, RunFolder> e : more.entrySet()) all.put(e.getKey(), waiting(e.getValue()));
        Map<Integer, RunFolder> queued = new LinkedHashMap<>();
        all.forEach((place, job) -> {
            queue(job);
            queued.put(place, job.folder);
        });
        return queued;
    }

    private void queue(Job job) {
        worker.execute(() -> work(job));
    }

    private synchronized void undo(Job job, Exception failure) {
        // stopped meanwhile, and gone on with: then it is somebody's
        if (jobs.getOrDefault(job.folder.id(), job) != job) return;
        forget(job);
        try {
            remove(job.folder);
        } catch (Refusal | IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void forget(Job job) {
        jobs.remove(job.folder.id());
        job.group.ifPresent(GroupLocks.Hold::close);
    }

    /** Stops those of some runs that this process works on, or will. @return how many these are */
    synchronized int stop(Collection<RunFolder> folders) {
        List<Job> known = folders.stream().map(f -> jobs.get(f.id())).filter(Objects::nonNull).toList();
        known.forEach(this::stop);
        return known.size();
    }

    /** Goes on with a run that was stopped or failed, when its turn comes. @throws Refusal if it is at work, or done */
    synchronized void resume(RunFolder folder) throws Refusal, IOException {
        Job job = jobs.get(folder.id());
        if (job != null) {
            if (job.state == State.STOPPING) throw stillStopping(folder);
            throw new Refusal(409, "already-" + Json.word(job.state), "Run " + folder.id() + " is " + Json.word(job.state) + " already.");
        }
        RunStatus status = folder.status();
        if (status == RunStatus.DONE) throw new Refusal(409, "already-done", "Run " + folder.id() + " is done: there is nothing to go on with.");
        if (status == RunStatus.RUNNING) throw new Refusal(409, "already-running", "Another process works on run " + folder.id() + ".");
        open();
        queue(waiting(folder));
    }

    private static Refusal stillStopping(RunFolder folder) {
        return new Refusal(409, "still-stopping", "Run " + folder.id() + " is still stopping. Resume it once it has stopped.");
    }

    private void open() throws Refusal {
        if (closing) throw new Refusal(503, "closing", "The console is about to end, and begins no run.");
    }

    /** Stops a run at its next safe point; once more does no harm. @return how it stands now @throws Refusal if this process does not work on it */
    synchronized String stop(RunFolder folder) throws Refusal {
        Job job = jobs.get(folder.id());
        if (job == null) {
            if (folder.status() == RunStatus.RUNNING) throw new Refusal(409, "other-process", "Another process works on run " + folder.id() + ": stop it there, by Ctrl-C.");
            throw new Refusal(409, "not-running", "Run " + folder.id() + " is not running: it is " + Json.word(folder.status()) + ".");
        }
        return stop(job);
    }

    private String stop(Job job) {
        job.stop = true;
        if (job.state == State.WAITING) {
            forget(job);
            broadcast.run(job.folder.id(), Json.word(job.folder.status()));
            return Json.word(job.folder.status());
        }
        if (job.state == State.RUNNING) broadcast.run(job.folder.id(), Json.word(State.STOPPING));
        job.state = State.STOPPING;
        return Json.word(job.state);
    }

    /** Deletes a run. @throws Refusal if it is at work */
    synchronized void remove(RunFolder folder) throws Refusal, IOException {
        if (jobs.containsKey(folder.id()) || folder.status() == RunStatus.RUNNING)
            throw new Refusal(409, "at-work", "Run " + folder.id() + " is at work or waits for it. Stop it first.");
        site.runs().remove(folder);
        broadcast.run(folder.id(), "deleted");
    }

    private void work(Job job) {
        synchronized (this) {
            // stopped while it waited; perhaps another job for the same run has come since
            if (job.stop) return;
            job.state = State.RUNNING;
        }
        RunFolder folder = job.folder;
        try {
            // read anew: parts may have been replaced while it waited
            runner.run(recipes.read(folder.id(), folder.recipe(), Map.of()), folder, () -> job.stop, broadcast);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError | OutOfMemoryError e) {
            failed(folder, e);
        } finally {
            synchronized (this) {
                forget(job);
                // inside: who resumes it now must not be told afterwards that it has stopped
                broadcast.run(folder.id(), Json.word(folder.status()));
            }
        }
    }

    /** The runner notes what fails in a stage; what fails before is noted here. */
    private static void failed(RunFolder folder, Throwable failure) {
        LOG.info("run {} failed", folder.id(), failure);
        try {
            if (folder.status() == RunStatus.STOPPED) folder.status(RunStatus.FAILED, Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
        } catch (RuntimeException e) {
            LOG.warn("the failure of run {} cannot be noted: {}", folder.id(), e.getMessage());
        }
    }

    /** Begins nothing more, and stops what runs at its next safe point. Returns whether there is something to wait for. */
    public synchronized boolean end() {
        closing = true;
        for (Job job : Map.copyOf(jobs).values()) stop(job);
        worker.shutdown();
        return !jobs.isEmpty();
    }

    /** Waits until nothing runs. */
    public void await() throws InterruptedException {
        while (!worker.awaitTermination(1, TimeUnit.HOURS)) LOG.debug("still waiting for a run to stop");
    }

    /** When the bundle stops, at the latest. */
    @Deactivate
    void close() {
        end();
    }
}
