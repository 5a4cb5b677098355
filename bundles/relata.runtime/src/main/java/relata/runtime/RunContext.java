package relata.runtime;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import relata.api.component.Parts;
import relata.api.corpus.Corpus;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.StageContext;

/** What a stage of a run works with. @param since when the stage began or went on, as {@link System#nanoTime} gives it */
record RunContext(String name, Recipe recipe, Corpus corpus, RunFolder run, Parts parts, BooleanSupplier stop, RunListener told, long since) implements StageContext {
    /** Of a line of metrics: what is no result, and not the same when the run is repeated. */
    private static final String PROCESS = "process";

    @Override
    public Path folder() {
        return run.stage(name);
    }

    @Override
    public Path folder(String stage) {
        return run.stage(stage);
    }

    @Override
    public long seed(String purpose) {
        return new Seeds(recipe.seed(), name).of(purpose);
    }

    @Override
    public void metric(Map<String, Object> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("stage", name);
        line.putAll(values);
        if (values.containsKey("step")) line.putIfAbsent(PROCESS, ProcessUse.since(since));
        run.metric(line);
        told.metric(run.id(), name, line);
    }

    @Override
    public void rewind(long step) {
        run.truncateMetrics(name, step);
    }

    @Override
    public void progress(Progress progress) {
        told.progress(run.id(), name, progress);
    }

    @Override
    public void say(String text) {
        run.log(name + ": " + text);
        told.said(run.id(), name, text);
    }

    @Override
    public void checkStop() throws InterruptedException {
        if (stop.getAsBoolean()) throw new InterruptedException("asked to stop");
        told.betweenBatches(run.id(), name);
    }
}
