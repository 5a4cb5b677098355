package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;
import relata.runs.results.FolderResults;

@Timeout(60)
class GroupJobsTest extends JobsScene {
    private int resumed(List<RunFolder> group) throws Exception {
        Map<Integer, RunFolder> places = new HashMap<>();
        for (RunFolder run : group) places.put(run.group().orElseThrow().place(), run);
        return jobs.resume(places, Map.of(), group.get(0).group().orElseThrow()).size();
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
    void ofAGroupWithARunThatCannotBeReadNoneWaits() throws Exception {
        List<RunFolder> runs = startGroup(3);
        begun();
        jobs.stop(runs);
        runner.mayStop.release();
        gone(runs.get(0));
        removed(runs.get(2));
        Path status = runs.get(1).path().resolve("status.json"), aside = runs.get(1).path().resolve("aside");
        // the missing run is made, and then the status of one that is there is gone
        whenOneWaits(run -> {
            if (runs.stream().limit(2).noneMatch(r -> r.id().equals(run))) swap(status, aside);
        });
        assertThrows(UncheckedIOException.class, () -> route(groups(), "resume").answer(asked("group-x")));
        assertEquals(List.of(Optional.empty(), Optional.empty()), runs.stream().limit(2).map(r -> jobs.state(r.id())).toList());
        assertEquals(0, runner.begun.size());
        site.runs().lockGroup(root, "group-x").close();
        Files.delete(status);
        Files.move(aside, status);
        assertEquals(2, listed().size(), "nor is what was made for it kept");
        assertEquals(2, resumed(runs.subList(0, 2)));
        assertEquals(runs.get(0).id(), begun());
    }

    /** Puts a folder in the place of a file. */
    private static void swap(Path file, Path aside) {
        try {
            Files.move(file, aside);
            Files.createDirectory(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
}
