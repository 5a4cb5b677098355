package relata.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;

/** Tells several listeners; one that throws is no reason to fail a run. */
record ToldAll(List<RunListener> all) implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(ToldAll.class);

    private void tell(Consumer<RunListener> what) {
        for (RunListener l : all)
            try {
                what.accept(l);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                LOG.warn("a listener failed", e);
            }
    }

    @Override
    public void runStarted(String run, Recipe recipe) {
        tell(l -> l.runStarted(run, recipe));
    }

    @Override
    public void stageStarted(String run, String stage, boolean done) {
        tell(l -> l.stageStarted(run, stage, done));
    }

    @Override
    public void progress(String run, String stage, Progress progress) {
        tell(l -> l.progress(run, stage, progress));
    }

    @Override
    public void betweenBatches(String run, String stage) {
        tell(l -> l.betweenBatches(run, stage));
    }

    @Override
    public void metric(String run, String stage, Map<String, Object> values) {
        tell(l -> l.metric(run, stage, values));
    }

    @Override
    public void said(String run, String stage, String text) {
        tell(l -> l.said(run, stage, text));
    }

    @Override
    public void stageFinished(String run, String stage) {
        tell(l -> l.stageFinished(run, stage));
    }

    @Override
    public void runFinished(String run, RunStatus status) {
        tell(l -> l.runFinished(run, status));
    }
}
