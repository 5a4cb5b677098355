package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;

@Timeout(60)
class JobsTest extends JobsScene {
    @Test
    void oneRunsAndTheOthersWait() throws Exception {
        RunFolder first = start();
        RunFolder second = start();
        assertEquals(first.id(), begun());
        assertEquals(Optional.of(Jobs.State.RUNNING), jobs.state(first.id()));
        assertEquals(Optional.of(Jobs.State.WAITING), jobs.state(second.id()));
        runner.finish.release();
        assertEquals(second.id(), begun());
        runner.finish.release();
        gone(second);
        assertEquals(RunStatus.DONE, first.status());
        assertEquals(RunStatus.DONE, second.status());
        assertEquals("already-done", refusal(() -> {
            jobs.resume(first);
            return "";
        }));
        assertEquals("not-running", refusal(() -> jobs.stop(first)));
    }

    @Test
    void aRunIsStoppedOnceAndResumedWhenItHasStopped() throws Exception {
        RunFolder run = start();
        begun();
        assertEquals("already-running", refusal(() -> resumed(run)));
        assertEquals("at-work", refusal(() -> removed(run)));
        assertEquals("stopping", jobs.stop(run));
        assertEquals("stopping", jobs.stop(run), "once more does no harm");
        assertEquals("still-stopping", refusal(() -> resumed(run)));
        runner.mayStop.release();
        gone(run);
        assertEquals(RunStatus.STOPPED, run.status());
        jobs.resume(run);
        assertEquals(run.id(), begun());
        runner.finish.release();
        gone(run);
        removed(run);
        assertFalse(Files.exists(run.path()));
    }

    @Test
    void aRunThatWaitsIsTakenOutOfTheQueue() throws Exception {
        RunFolder first = start();
        RunFolder second = start();
        begun();
        assertEquals("stopped", jobs.stop(second));
        assertEquals(Optional.empty(), jobs.state(second.id()));
        // stopped and resumed while it waits: it waits once
        jobs.resume(second);
        assertEquals("already-waiting", refusal(() -> resumed(second)));
        runner.finish.release();
        gone(first);
        assertEquals(second.id(), begun());
        runner.finish.release();
        gone(second);
        assertEquals(0, runner.begun.size());
    }

    @Test
    void howARunEndsIsToldBeforeItCanBeResumed() throws Exception {
        List<Boolean> alone = new CopyOnWriteArrayList<>();
        events.feed(e -> alone.add(Thread.holdsLock(jobs)), "").begin(new Connection().context());
        RunFolder run = start();
        begun();
        runner.finish.release();
        gone(run);
        assertEquals(List.of(true, true), alone, "that it waits, that it is done");
    }

    @Test
    void ofManyWhoResumeAtOnceOneDoes() throws Exception {
        RunFolder run = start();
        begun();
        jobs.stop(run);
        runner.mayStop.release();
        gone(run);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = many.invokeAll(Stream.<Callable<String>>generate(() -> () -> {
                try {
                    return resumed(run);
                } catch (Refusal e) {
                    return e.code();
                }
            }).limit(8).toList());
            int yes = 0;
            for (Future<String> answer : answers) {
                if (answer.get().isEmpty()) yes++;
                else assertTrue(List.of("already-waiting", "already-running").contains(answer.get()), answer.get());
            }
            assertEquals(1, yes);
        } finally {
            many.shutdown();
        }
        assertEquals(run.id(), begun());
        assertEquals(0, runner.begun.size());
    }

    @Test
    void aRunOfAnotherProcessIsLeftAlone() throws Exception {
        RunFolder run = site.runs().create(root, recipes.read("", "stages: {}\n", Map.of()));
        try (AutoCloseable held = run.lock()) {
            run.status(RunStatus.RUNNING, "");
            assertEquals("already-running", refusal(() -> resumed(run)));
            assertEquals("other-process", refusal(() -> jobs.stop(run)));
            assertEquals("at-work", refusal(() -> removed(run)));
        }
    }

    @Test
    void whatFailsBeforeItsFirstStageSaysWhy() throws Exception {
        RunFolder run = jobs.start(new Recipe("any", "", List.of(), 1, new Ref<>(CorpusReader.class, "x", new None()), new Ref<>(Object.class, "y", new None()), Map.of(), "wrong"));
        gone(run);
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().contains("is wrong"), run.error());
    }

    @Test
    void atTheEndWhatRunsStopsAndNothingBegins() throws Exception {
        RunFolder first = start();
        RunFolder second = start();
        begun();
        assertTrue(jobs.end());
        assertEquals("closing", refusal(this::start));
        runner.mayStop.release();
        jobs.await();
        assertEquals(RunStatus.STOPPED, first.status());
        assertEquals(RunStatus.STOPPED, second.status());
        assertEquals(0, runner.begun.size());
        assertFalse(jobs.end());
    }

    @Test
    void noPathLeadsOutOfTheFolderOfRuns() throws Exception {
        RunFolder run = site.runs().create(root, recipes.read("", "stages: {}\n", Map.of()));
        assertEquals(run.id(), site.run(run.id()).id());
        assertEquals(run.id(), site.run("last").id());
        for (String name : List.of("", "..", ".", "../" + root.getFileName() + "/" + run.id(), run.path().toString(), run.id() + "/", run.id().substring(0, 10), "/etc", "\u0000"))
            assertEquals("no-such-run", refusal(() -> site.run(name)), name);
    }
}
