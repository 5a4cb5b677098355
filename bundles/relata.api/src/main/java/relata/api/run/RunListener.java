package relata.api.run;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears what happens in a run. Called on the run's thread: be quick, never throw. Register as a service to hear of all runs. */
@ConsumerType
public interface RunListener {
    /** A run starts, or goes on. */
    default void runStarted(String run, Recipe recipe) {}

    /** A stage starts; {@code done} is true if its result is there already. */
    default void stageStarted(String run, String stage, boolean done) {}

    /** A stage got on. */
    default void progress(String run, String stage, Progress progress) {}

    /**
     * A stage has a break: it waits until this returns, so that others may use the machine for a moment. Told between batches of training and inference; stages that never
     * {@linkplain StageContext#checkStop ask whether to stop} have none.
     */
    default void betweenBatches(String run, String stage) {}

    /** A line was written to {@code metrics.jsonl}. */
    default void metric(String run, String stage, Map<String, Object> values) {}

    /** A stage has something to say. */
    default void said(String run, String stage, String text) {}

    /** A stage is done. */
    default void stageFinished(String run, String stage) {}

    /** A run ended. */
    default void runFinished(String run, RunStatus status) {}
}
