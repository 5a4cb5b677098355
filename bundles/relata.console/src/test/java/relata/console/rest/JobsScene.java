package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.runs.FolderRuns;

/** A folder of runs, whose jobs work until they are told to end. */
abstract class JobsScene {
    record None() {}

    /** Reads every text but {@code wrong}, as a recipe that has no stage. */
    static class AnyRecipes implements Recipes {
        @Override
        public Recipe read(String source, String yaml, Map<String, String> overrides) throws RecipeException {
            if (yaml.equals("wrong")) throw new RecipeException(source, List.of(new Mistake(1, "", "is wrong")));
            return new Recipe("any", "", List.of(), 1, new Ref<>(CorpusReader.class, "x", new None()), new Ref<>(Object.class, "y", new None()), Map.of(), yaml);
        }

        @Override
        public Map<String, String> settings(String source, String yaml) {
            return Map.of();
        }

        @Override
        public Ref<?> part(String kind, String name, Map<String, String> settings) {
            throw new AssertionError();
        }

        @Override
        public String render(Ref<?> ref) {
            throw new AssertionError();
        }

        @Override
        public Ref<?> parse(String kind, String rendered) {
            throw new AssertionError();
        }
    }

    /** Works on a run until it is told to go on, or to stop; notices a stop only when it may. */
    static final class SlowRunner implements RecipeRunner {
        final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
        final Semaphore finish = new Semaphore(0);
        final Semaphore mayStop = new Semaphore(0);

        @Override
        public RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) throws Exception {
            try (AutoCloseable held = folder.lock()) {
                folder.status(RunStatus.RUNNING, "");
                begun.add(folder.id());
                while (true) {
                    if (finish.tryAcquire()) {
                        folder.status(RunStatus.DONE, "");
                        return RunStatus.DONE;
                    }
                    if (stop.getAsBoolean() && mayStop.tryAcquire()) {
                        folder.status(RunStatus.STOPPED, "");
                        return RunStatus.STOPPED;
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }

        @Override
        public void check(Recipe recipe, Corpus corpus) {}
    }

    @TempDir
    Path root;

    final SlowRunner runner = new SlowRunner();
    final AnyRecipes recipes = new AnyRecipes();
    final Events events = new Events();
    final Site site = new Site(Path.of(""), new FolderRuns(Clock.systemUTC(), "1"));
    final Jobs jobs = new Jobs(site, recipes, runner, new Broadcast(events));

    @BeforeEach
    void serve() {
        site.serve(root, false);
    }

    @AfterEach
    void close() throws Exception {
        runner.mayStop.release(100);
        jobs.end();
        jobs.await();
        events.close();
    }

    RunFolder start() throws Exception {
        return jobs.start(recipes.read("", "stages: {}\n", Map.of()));
    }

    String begun() throws InterruptedException {
        return Optional.ofNullable(runner.begun.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    void gone(RunFolder run) {
        while (jobs.state(run.id()).isPresent()) LockSupport.parkNanos(1_000_000);
    }

    static String refusal(Callable<?> what) {
        return assertThrows(Refusal.class, what::call).code();
    }

    String resumed(RunFolder run) throws Exception {
        jobs.resume(run);
        return "";
    }

    String removed(RunFolder run) throws Exception {
        jobs.remove(run);
        return "";
    }
}
