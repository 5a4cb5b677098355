package relata.api.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A run on disk: {@code recipe.yaml provenance.json status.json metrics.jsonl log.txt stages/NAME/...}, and {@code group.json} if it is one of a group. All writes are beside, then moved. */
@ProviderType
public interface RunFolder {
    /** The folder's name, {@code yyyyMMdd-HHmmss-recipe}. */
    String id();

    /** The folder. */
    Path path();

    /** The folder of a stage, made if it is not there. */
    Path stage(String stage);

    /** True if the stage's result is complete. */
    boolean finished(String stage);

    /** Marks a stage's result as complete. */
    void finish(String stage);

    /** The recipe with every default filled in, as it is run. */
    String recipe();

    /** The group that it is one of. */
    default Optional<RunGroup> group() {
        return Optional.empty();
    }

    /** How the run stands. A run that says {@link RunStatus#RUNNING} but whose process is gone is {@link RunStatus#STOPPED}. */
    RunStatus status();

    /** Why it failed, or empty. */
    String error();

    /** When the run was made. */
    default Instant created() {
        return Instant.EPOCH;
    }

    /** Since when the run stands as it does. */
    default Instant changed() {
        return created();
    }

    /** How long it was worked on, up to now: without the time in which it waited or stood still. Of a process that died, what counts ends with the last line that it wrote. */
    default Duration worked() {
        return Duration.between(created(), changed());
    }

    /** Sets the status; {@code error} is empty unless it failed. */
    void status(RunStatus status, String error);

    /** Takes the lock that keeps a second process out, until {@code close}. @throws IllegalStateException if another process holds it */
    AutoCloseable lock();

    /** Appends a line to {@code metrics.jsonl}. */
    void metric(Map<String, Object> values);

    /** All lines of {@code metrics.jsonl}; a half-written last line is left out. */
    List<Map<String, Object>> metrics();

    /** Drops the lines of a stage that are beyond a step or have none, so that a resumed stage leaves each line once. */
    void truncateMetrics(String stage, long step);

    /** Appends a line to {@code log.txt}. */
    void log(String line);

    /** Writes {@code provenance.json}: the given entries and, added here, platform and time. */
    void provenance(Map<String, Object> entries);
}
