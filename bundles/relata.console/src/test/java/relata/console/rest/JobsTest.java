package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import relata.api.run.RunGroup;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.runs.FolderRuns;
import relata.runs.results.FolderResults;

@Timeout(60)
class JobsTest {
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
    private static final class SlowRunner implements RecipeRunner {
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

    private final SlowRunner runner = new SlowRunner();
    private final AnyRecipes recipes = new AnyRecipes();
    private final Events events = new Events();
    private final Site site = new Site(Path.of(""), new FolderRuns(Clock.systemUTC(), "1"));
    private final Jobs jobs = new Jobs(site, recipes, runner, new Broadcast(events));

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

    private RunFolder start() throws Exception {
        return jobs.start(recipes.read("", "stages: {}\n", Map.of()));
    }

    private String begun() throws InterruptedException {
        return Optional.ofNullable(runner.begun.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    private void gone(RunFolder run) {
        while (jobs.state(run.id()).isPresent()) LockSupport.parkNanos(1_000_000);
    }

    private static String refusal(Callable<?> what) {
        return assertThrows(Refusal.class, what::call).code();
    }

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

    private String resumed(RunFolder run) throws Exception {
        jobs.resume(run);
        return "";
    }

    private int resumed(List<RunFolder> group) throws Exception {
        Map<Integer, RunFolder> places = new HashMap<>();
        for (RunFolder run : group) places.put(run.group().orElseThrow().place(), run);
        return jobs.resume(places, Map.of(), group.get(0).group().orElseThrow()).size();
    }

    private String removed(RunFolder run) throws Exception {
        jobs.remove(run);
        return "";
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

    private List<RunFolder> startGroup(int size) throws Exception {
        List<Map<String, String>> plan = IntStream.range(0, size).mapToObj(i -> Map.of("seed", String.valueOf(i))).toList();
        Recipe recipe = recipes.read("", "stages: {}\n", Map.of());
        return jobs.start(Collections.nCopies(size, recipe), new RunGroup("group-x", recipe.yaml(), plan, 0));
    }

    @Test
    void runsOfAGroupAreStoppedAndResumedTogether() throws Exception {
        List<RunFolder> runs = startGroup(3);
        assertEquals(List.of(0, 1, 2), runs.stream().map(r -> r.group().orElseThrow().place()).toList());
        assertEquals(runs.get(0).id(), begun());
        assertEquals(3, jobs.stop(runs));
        assertEquals("still-stopping", refusal(() -> resumed(runs)));
        assertEquals(Optional.empty(), jobs.state(runs.get(1).id()), "none goes on without the one that is still stopping");
        assertEquals(Optional.of(Jobs.State.STOPPING), jobs.state(runs.get(0).id()));
        assertEquals(List.of(Optional.empty(), Optional.empty()), runs.stream().skip(1).map(r -> jobs.state(r.id())).toList(), "those that wait do not begin first");
        runner.mayStop.release();
        gone(runs.get(0));
        assertEquals(0, jobs.stop(runs));
        assertEquals(0, runner.begun.size());
        assertEquals(3, resumed(runs));
        assertEquals(0, resumed(runs), "each waits once");
        for (RunFolder run : runs) {
            assertEquals(run.id(), begun());
            runner.finish.release();
            gone(run);
        }
        assertEquals(0, resumed(runs), "all are done");
    }

    @Test
    void ofAGroupAllRunsAreMadeOrNone() throws Exception {
        Recipe recipe = recipes.read("", "stages: {}\n", Map.of());
        RunGroup group = new RunGroup("group-x", recipe.yaml(), List.of(Map.of(), Map.of()), 0);
        assertThrows(IllegalArgumentException.class, () -> jobs.start(Collections.nCopies(3, recipe), group));
        assertEquals(List.of(), site.runs().list(root));
    }

    /** Hears of each run that waits, while the lock is held that it was made in. */
    private void whenOneWaits(Consumer<String> hears) throws Exception {
        events.feed(e -> {
            if (e.data() instanceof Broadcast.RunChanged changed && changed.status().equals("waiting")) hears.accept(e.run());
            return false;
        }, "").begin(new Connection().context());
    }

    private List<RunFolder> listed() {
        try {
            return site.runs().list(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whileAGroupIsMadeWhatIsThereWaitsAndNoneBegins() throws Exception {
        List<String> waiting = new ArrayList<>();
        whenOneWaits(run -> {
            waiting.add(run);
            for (RunFolder there : listed()) assertEquals(Optional.of(Jobs.State.WAITING), jobs.state(there.id()), "it can be resumed or deleted");
        });
        List<RunFolder> runs = startGroup(3);
        assertEquals(runs.stream().map(RunFolder::id).toList(), waiting);
        assertEquals(runs.get(0).id(), begun());
    }

    @Test
    void aRunThatIsStoppedWhileItsGroupIsMadeDoesNotBegin() throws Exception {
        List<String> waiting = new ArrayList<>();
        whenOneWaits(run -> {
            waiting.add(run);
            if (waiting.size() == 2) assertEquals(1, jobs.stop(listed().stream().filter(r -> r.id().equals(waiting.get(0))).toList()));
        });
        List<RunFolder> runs = startGroup(3);
        assertEquals(runs.get(1).id(), begun());
        assertEquals(Optional.empty(), jobs.state(runs.get(0).id()));
    }

    @Test
    void atTheEndNothingIsLeftOfAGroupThatIsBeingMade() throws Exception {
        List<String> waiting = new ArrayList<>();
        whenOneWaits(run -> {
            waiting.add(run);
            if (waiting.size() == 2) jobs.end();
        });
        assertEquals("closing", refusal(() -> startGroup(3)));
        assertEquals(2, waiting.size());
        assertEquals(List.of(), listed());
    }

    private GroupsResource groups() {
        return new GroupsResource(site, new RunReader(recipes, new FollowerTest.NoParts(), new FolderResults(), jobs, new Broadcast(events)), recipes, jobs);
    }

    /** The first run of a group whose others are missing. */
    private RunFolder firstOf(int size) throws Exception {
        Recipe recipe = recipes.read("", "stages: {}\n", Map.of());
        return site.runs().create(root, recipe, Optional.of(new RunGroup("group-x", recipe.yaml(), Collections.nCopies(size, Map.of()), 0)));
    }

    @Test
    void whatAnotherProcessIsAboutToMakeIsNotMadeHere() throws Exception {
        RunFolder run = firstOf(3);
        try (AutoCloseable held = run.lock()) {
            run.status(RunStatus.RUNNING, "");
            assertEquals("other-process", refusal(() -> route(groups(), "resume").answer(asked("group-x"))));
            assertEquals(1, listed().size());
        }
    }

    @Test
    void aGroupThatAnotherProcessWorksOnIsLeftAloneBetweenTwoOfItsRuns() throws Exception {
        RunFolder run = firstOf(3);
        try (AutoCloseable held = site.runs().lockGroup(root, "group-x")) {
            assertEquals("other-process", refusal(() -> route(groups(), "resume").answer(asked("group-x"))));
            assertEquals("other-process", refusal(() -> resumed(run)), "nor is one of its runs taken away");
            assertEquals(1, listed().size());
        }
        route(groups(), "resume").answer(asked("group-x"));
        assertEquals(3, listed().size());
        assertEquals(run.id(), begun());
    }

    @Test
    void aGroupIsKeptFromOtherProcessesUntilNoneOfItsRunsIsLeft() throws Exception {
        List<RunFolder> runs = startGroup(3);
        for (RunFolder run : runs) {
            assertEquals(run.id(), begun());
            assertThrows(IllegalStateException.class, () -> site.runs().lockGroup(root, "group-x"));
            if (run == runs.get(1)) assertEquals("stopped", jobs.stop(runs.get(2)));
            runner.finish.release();
            gone(run);
            if (run == runs.get(1)) break;
        }
        site.runs().lockGroup(root, "group-x").close();
        jobs.resume(runs.get(2));
        assertThrows(IllegalStateException.class, () -> site.runs().lockGroup(root, "group-x"));
        begun();
        runner.finish.release();
        gone(runs.get(2));
        site.runs().lockGroup(root, "group-x").close();
    }

    @Test
    void noMoreRunsAreMadeTogetherThanCanBeStartedTogether() throws Exception {
        firstOf(Jobs.MOST_TOGETHER + 2);
        String said = assertThrows(Refusal.class, () -> route(groups(), "resume").answer(asked("group-x"))).getMessage();
        assertTrue(said.contains("201 runs are missing, but 200 can be started together") && said.contains("relata run --resume group-x"), said);
        assertEquals(1, listed().size());
        assertEquals(0, runner.begun.size());
    }

    private Request asked(String group) {
        return new Request(Role.RUNNER, Map.of("group", group), Map.of(), InputStream.nullInputStream());
    }

    private static Handler route(Resource resource, String path) {
        return resource.routes().stream().filter(r -> r.path().endsWith(path)).findFirst().orElseThrow().handler();
    }

    @Test
    void aGroupIsShownByItsPlanAndWhatIsMissingIsMadeAnew() throws Exception {
        GroupsResource groups = groups();
        List<RunFolder> runs = startGroup(3);
        begun();
        jobs.stop(runs);
        runner.mayStop.release();
        gone(runs.get(0));
        removed(runs.get(1));
        GroupsResource.Group shown = (GroupsResource.Group) route(groups, "{group}").answer(asked("group-x"));
        assertEquals(Map.of("stopped", 2, "missing", 1), shown.standing());
        assertEquals(List.of(true, false, true), shown.runs().stream().map(p -> p.run().isPresent()).toList());
        assertEquals("2", shown.runs().get(2).set().get("seed"));
        assertEquals("no-such-group", refusal(() -> route(groups, "{group}").answer(asked("group-y"))));
        assertEquals("not-running", refusal(() -> route(groups, "stop").answer(asked("group-x"))));
        GroupsResource.Group again = (GroupsResource.Group) route(groups, "resume").answer(asked("group-x"));
        assertEquals(List.of(true, true, true), again.runs().stream().map(p -> p.run().isPresent()).toList());
        for (GroupsResource.Place place : again.runs()) {
            assertEquals(place.run().orElseThrow().id(), begun());
            runner.finish.release();
            gone(site.run(place.run().orElseThrow().id()));
        }
        assertEquals("nothing-to-resume", refusal(() -> route(groups, "resume").answer(asked("group-x"))));
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
