package relata.console.rest;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;

/** Hears the runs of this process, tells {@link Events}, and knows how far each of them is. */
@Component(service = Broadcast.class)
public final class Broadcast implements RunListener {
    /** A run stands otherwise. */
    record RunChanged(String run, String status) {}

    /** A stage stands otherwise. */
    record StageChanged(String run, String stage, String state) {}

    /** A stage got on. @param secondsLeft empty while nothing can be said */
    record Progressed(String run, String stage, String what, long done, long total, String unit, String note, Optional<Long> secondsLeft) {}

    /** A line of {@code metrics.jsonl}. */
    record Measured(String run, String stage, Map<String, Object> values) {}

    /** A stage said something. */
    record Spoken(String run, String stage, String text) {}

    private static final double SECOND = 1e9;
    private static final long EVERY = 250_000_000L;

    /** Where a run is. */
    private static final class Live {
        String stage = "";
        String what = "";
        String work = "";
        long firstDone;
        long firstTime;
        long told;
        Optional<Progressed> progress = Optional.empty();
    }

    private final Events events;
    private final LongSupplier clock;
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    /** Tells these events. */
    @Activate
    public Broadcast(@Reference Events events) {
        this(events, System::nanoTime);
    }

    Broadcast(Events events, LongSupplier clock) {
        this.events = events;
        this.clock = clock;
    }

    /** How far the stage is that a run of this process works on. */
    Optional<Progressed> progress(String run) {
        Live at = live.get(run);
        return at == null ? Optional.empty() : at.progress;
    }

    /** The stage that a run of this process works on; empty if none. */
    Optional<String> stage(String run) {
        return Optional.ofNullable(live.get(run)).map(l -> l.stage).filter(s -> !s.isEmpty());
    }

    /** A run stands otherwise. */
    void run(String run, String status) {
        events.tell("run", run, new RunChanged(run, status));
    }

    @Override
    public void runStarted(String run, Recipe recipe) {
        live.put(run, new Live());
        run(run, "running");
    }

    @Override
    public void stageStarted(String run, String stage, boolean done) {
        Live now = new Live();
        now.stage = done ? "" : stage;
        live.put(run, now);
        events.tell("stage", run, new StageChanged(run, stage, done ? "done" : "running"));
    }

    @Override
    public void progress(String run, String stage, Progress p) {
        Live at = live.computeIfAbsent(run, r -> new Live());
        long now = clock.getAsLong();
        boolean begins = !p.what().equals(at.what);
        at.what = p.what();
        // what is counted tells the work: the next epoch goes on with it
        String work = p.total() + " " + p.unit();
        if (!work.equals(at.work) || p.done() < at.firstDone) {
            at.work = work;
            at.firstDone = p.done();
            at.firstTime = now;
        }
        Progressed progressed = new Progressed(run, stage, p.what(), p.done(), p.total(), p.unit(), p.note(), left(p, at, now));
        at.progress = Optional.of(progressed);
        boolean ends = p.total() > 0 && p.done() >= p.total();
        // a bar need not move more often than eyes see
        if (!begins && !ends && now - at.told < EVERY) return;
        at.told = now;
        events.tell("progress", run, progressed);
    }

    private static Optional<Long> left(Progress p, Live at, long now) {
        long done = p.done() - at.firstDone;
        if (done <= 0 || p.total() <= 0 || now <= at.firstTime) return Optional.empty();
        return Optional.of(Math.max(0, Math.round((now - at.firstTime) / SECOND / done * (p.total() - p.done()))));
    }

    @Override
    public void metric(String run, String stage, Map<String, Object> values) {
        events.tell("metric", run, new Measured(run, stage, values));
    }

    @Override
    public void said(String run, String stage, String text) {
        events.tell("said", run, new Spoken(run, stage, text));
    }

    @Override
    public void stageFinished(String run, String stage) {
        events.tell("stage", run, new StageChanged(run, stage, "done"));
    }

    @Override
    public void runFinished(String run, RunStatus status) {
        // told by whoever started it, once it can be resumed or deleted
        live.remove(run);
    }
}
