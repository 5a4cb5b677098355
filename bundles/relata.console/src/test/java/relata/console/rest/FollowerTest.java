package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.corpus.Corpus;
import relata.api.run.Recipe;
import relata.api.run.RecipeRunner;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.runs.FolderRuns;
import relata.runs.results.FolderResults;

/** What is told and shown of runs that other processes work on, also if their files are damaged. */
class FollowerTest {
    static final class NoRunner implements RecipeRunner {
        @Override
        public RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) {
            throw new AssertionError();
        }

        @Override
        public void check(Recipe recipe, Corpus corpus) {}
    }

    static final class NoParts implements Catalogue {
        @Override
        public List<String> kinds() {
            return List.of();
        }

        @Override
        public List<Part> parts() {
            return List.of();
        }

        @Override
        public Optional<Part> find(String kind, String name) {
            return Optional.empty();
        }
    }

    @TempDir
    Path root;

    private final JobsScene.AnyRecipes recipes = new JobsScene.AnyRecipes();
    private final Events events = new Events();
    private final Broadcast broadcast = new Broadcast(events);
    private final Site site = new Site(Path.of(""), new FolderRuns(Clock.systemUTC(), "1"));
    private final Jobs jobs = new Jobs(site, recipes, new NoRunner(), broadcast);
    private final RunReader reader = new RunReader(recipes, new NoParts(), new FolderResults(), jobs, broadcast);
    private final Follower follower = new Follower(site, reader, jobs, events);
    /** The data of all events. */
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> held = new ArrayList<>();

    @BeforeEach
    void listen() throws Exception {
        site.serve(root);
        events.feed(e -> told.add(Json.write(e.data())), "").begin(new Connection().context());
    }

    @AfterEach
    void close() throws Exception {
        follower.close();
        events.close();
        jobs.end();
        for (AutoCloseable lock : held) lock.close();
    }

    /** A run that another process works on. */
    private RunFolder run() throws Exception {
        RunFolder run = site.runs().create(root, recipes.read("", "stages: {}\n", Map.of()));
        held.add(run.lock());
        run.status(RunStatus.RUNNING, "");
        return run;
    }

    private static void damage(RunFolder run, String file, String text) throws IOException {
        Files.writeString(run.path().resolve(file), text, StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aDamagedLineIsLeftOutAndNothingIsToldTwice() throws Exception {
        RunFolder first = run(), second = run();
        follower.look();
        first.metric(Map.of("stage", "s"));
        damage(first, "metrics.jsonl", "{damaged\n");
        first.metric(Map.of("loss", Double.NaN));
        second.log("still there");
        for (int i = 0; i < 3; i++) follower.look();
        String id = "{\"run\":\"" + first.id() + "\",\"stage\":\"";
        assertEquals(List.of(id + "s\",\"values\":{\"stage\":\"s\"}}", id + "null\",\"values\":{\"loss\":null}}", "{\"run\":\"" + second.id() + "\",\"stage\":\"\",\"text\":\"still there\"}"), told);
    }

    @Test
    void aRunThatCannotBeReadHoldsUpNoOther() throws Exception {
        damage(run(), "recipe.yaml", "\u00ff");
        RunFolder run = run();
        follower.look();
        run.log("still there");
        for (int i = 0; i < 3; i++) follower.look();
        assertEquals(List.of("{\"run\":\"" + run.id() + "\",\"stage\":\"\",\"text\":\"still there\"}"), told);
    }

    @Test
    void whatIsLeftWhenARunTakesLinesBackIsNotToldAgain() throws Exception {
        RunFolder run = run();
        for (int step = 1; step <= 3; step++) run.metric(Map.of("stage", "s", "step", step));
        follower.look();
        run.truncateMetrics("s", 1);
        follower.look();
        run.metric(Map.of("step", 2));
        follower.look();
        assertEquals(List.of("{\"run\":\"" + run.id() + "\",\"stage\":\"null\",\"values\":{\"step\":2}}"), told);
    }

    @Test
    void aFileThatGrewBeyondItselfAfterLinesWereTakenBackIsReadFromItsEnd() throws Exception {
        RunFolder run = run();
        for (int step = 1; step <= 3; step++) run.metric(Map.of("stage", "s", "step", step));
        follower.look();
        run.truncateMetrics("s", 1);
        for (int step = 2; step <= 4; step++) run.metric(Map.of("stage", "s", "step", step, "more", "a line of another length"));
        follower.look();
        assertEquals(List.of(), told, "no half of a line");
        run.metric(Map.of("step", 5));
        follower.look();
        assertEquals(List.of("{\"run\":\"" + run.id() + "\",\"stage\":\"null\",\"values\":{\"step\":5}}"), told);
    }

    @Test
    void aRunIsShownWithoutAGroupThatIsDamaged() throws Exception {
        RunFolder run = run();
        damage(run, "group.json", "{");
        RunSummary summary = reader.summary(run);
        assertEquals("", summary.group());
        assertEquals(run.id(), summary.id());
        assertTrue(reader.details(run).group().isEmpty());
    }
}
