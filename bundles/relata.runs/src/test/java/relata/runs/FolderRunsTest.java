package relata.runs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

class FolderRunsTest {
    record None() {}

    @TempDir
    Path root;

    final FolderRuns runs = at("2026-03-04T05:06:07Z");

    static FolderRuns at(String time) {
        return new FolderRuns(Clock.fixed(Instant.parse(time), ZoneOffset.UTC), "1.2.3");
    }

    static Recipe recipe(String name) {
        Ref<CorpusReader> corpus = new Ref<>(CorpusReader.class, "none", new None());
        return new Recipe(name, "", List.of(), 42, corpus, corpus, Map.of(), "recipe: " + name + "\n");
    }

    List<String> ids() throws IOException {
        return runs.list(root).stream().map(RunFolder::id).toList();
    }

    @Test
    void createsAndLists() throws Exception {
        assertEquals(List.of(), runs.list(root.resolve("not-yet")));
        RunFolder second = runs.create(root, recipe("b"));
        RunFolder first = at("2026-03-04T05:06:06Z").create(root, recipe("a"));
        RunFolder third = runs.create(root, recipe("b"));
        assertEquals("20260304-050607-b", second.id());
        assertEquals(root.resolve("20260304-050607-b"), second.path());
        assertEquals(List.of(first.id(), second.id(), "20260304-050607-b-2"), ids());
        assertEquals("recipe: b\n", third.recipe());
        assertEquals(RunStatus.STOPPED, third.status());
        assertEquals("", third.error());
        assertEquals(List.of(), third.metrics());
    }

    @Test
    void runsOfAGroupKnowThePlan() throws Exception {
        String id = runs.newGroup(root, recipe("b"));
        assertTrue(id.matches("group-20260304-050607-b-[0-9a-f]{8}"), id);
        assertNotEquals(id, runs.newGroup(root, recipe("b")), "two groups of a second, of which neither has a run yet");
        RunGroup group = new RunGroup(id, "recipe: b\n", List.of(Map.of("seed", "1"), Map.of("seed", "2", "stages.x.with.fraction", "0.1")), 1);
        RunFolder run = runs.create(root, recipe("b"), Optional.of(group));
        assertEquals(Optional.of(group), runs.open(root, run.id()).group());
        assertEquals(Optional.empty(), runs.create(root, recipe("b")).group());
        for (String damaged : List.of("", "{", "[]", "{\"id\": \"group-x\", \"recipe\": \"\", \"plan\": [], \"place\": 0}")) {
            Files.writeString(run.path().resolve("group.json"), damaged);
            assertTrue(assertThrows(UncheckedIOException.class, run::group).getMessage().contains("group.json is damaged"), damaged);
        }
    }

    @Test
    void orderIsThatOfCreationEvenWhenClocksAreSetBack() throws Exception {
        new FolderRuns(Clock.fixed(Instant.parse("2026-10-25T00:30:00Z"), ZoneOffset.ofHours(2)), "1").create(root, recipe("early"));
        new FolderRuns(Clock.fixed(Instant.parse("2026-10-25T01:10:00Z"), ZoneOffset.ofHours(1)), "1").create(root, recipe("late"));
        assertEquals(List.of("20261025-023000-early", "20261025-021000-late"), ids());
        runs.list(root).get(0).status(RunStatus.DONE, "");
        assertEquals("20261025-021000-late", runs.open(root, "last").id(), "a later change of status does not change the order");
    }

    @Test
    void tenthRunOfASecondComesAfterTheNinth() throws Exception {
        for (int i = 0; i < 11; i++) runs.create(root, recipe("a"));
        assertEquals("20260304-050607-a-11", runs.open(root, "last").id());
        assertEquals("20260304-050607-a-2", ids().get(1));
    }

    @Test
    void foreignFoldersAreNotListed() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        Files.createDirectories(root.resolve("20260304-050607-empty"));
        Files.createDirectories(root.resolve("notes"));
        Files.writeString(root.resolve("notes/recipe.yaml"), "x");
        Files.createDirectories(root.resolve("99999999-999999-x"));
        Files.writeString(root.resolve("99999999-999999-x/recipe.yaml"), "x");
        Files.writeString(root.resolve("20260304-050607-file"), "x");
        // what a process that died while it made a run leaves
        Files.createDirectories(root.resolve(".new-" + UUID.randomUUID()));
        assertEquals(List.of(run.id()), ids());
    }

    @Test
    void leftOversAreSweptWhenOld() throws Exception {
        Path old = Files.createDirectories(root.resolve(".trash-x-" + UUID.randomUUID()).resolve("stages"));
        Path fresh = Files.createDirectories(root.resolve(".new-" + UUID.randomUUID()));
        Path foreign = Files.createDirectories(root.resolve(".new-ideas-of-mine"));
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.parse("2026-03-04T03:00:00Z")));
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.parse("2026-03-04T03:00:00Z")));
        Files.setLastModifiedTime(fresh, FileTime.from(Instant.parse("2026-03-04T05:00:00Z")));
        runs.create(root, recipe("a"));
        assertFalse(Files.exists(old.getParent()));
        assertTrue(Files.exists(fresh));
        assertTrue(Files.exists(foreign));
    }

    @ParameterizedTest
    @CsvSource({"bert-clre,bert-clre", "Ünïcode naïve,Unicode-naive", "日本語,run", "../../etc/passwd,etc-passwd", ".hidden,hidden", "a:b*c?,a-b-c", "'',run", "v1.2_x,v1.2_x", "...,run", "\uD83D\uDE00 x,x"})
    void hostileNamesBecomeFileNames(String name, String file) throws Exception {
        RunFolder run = runs.create(root, recipe(name));
        assertEquals("20260304-050607-" + file, run.id());
        assertEquals("recipe: " + name + "\n", run.recipe());
        assertEquals(root, run.path().getParent());
    }

    @Test
    void longNamesAreCut() {
        assertEquals("x".repeat(60), FolderRuns.fileName("x".repeat(5000)));
    }

    @Test
    void opensByIdBeginningPathAndLast() throws Exception {
        assertEquals("there is no run in " + root + " yet.", assertThrows(IOException.class, () -> runs.open(root, "last")).getMessage());
        RunFolder a = runs.create(root, recipe("a"));
        RunFolder ab = runs.create(root, recipe("ab"));
        RunFolder c = at("2026-04-01T00:00:00Z").create(root, recipe("c"));
        assertEquals(a.id(), runs.open(root, a.id()).id(), "an id that is the beginning of another one");
        assertEquals(ab.id(), runs.open(root, "20260304-050607-ab").id());
        assertEquals(c.id(), runs.open(root, "202604").id());
        assertEquals(c.id(), runs.open(root, "last").id());
        assertEquals(a.path(), runs.open(root.resolve("elsewhere"), a.path().toString()).path());
        Files.move(c.path(), root.resolve("best"));
        assertEquals("recipe: c\n", runs.open(root, "best").recipe(), "a renamed folder");
        assertEquals("'2026' fits 2 runs in " + root + ": 20260304-050607-a, 20260304-050607-ab. Write more of the name.", assertThrows(IOException.class, () -> runs.open(root, "2026")).getMessage());
        for (String wrong : List.of("nope", "./nope", "a\0b", ".."))
            assertEquals("there is no run '" + wrong + "'. There are in " + root + ": 20260304-050607-a, 20260304-050607-ab.", assertThrows(IOException.class, () -> runs.open(root, wrong)).getMessage());
        assertThrows(IOException.class, () -> runs.open(root, " "));
    }

    @Test
    void removes() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        RunFolder other = runs.create(root, recipe("b"));
        Path outside = Files.writeString(root.resolve("outside"), "keep");
        Files.createSymbolicLink(run.stage("x").resolve("link"), outside);
        run.finish("x");
        runs.remove(run);
        assertEquals(List.of(other.id()), ids());
        assertEquals("keep", Files.readString(outside));
        try (Stream<Path> left = Files.list(root)) {
            assertEquals(List.of(other.id(), "outside"), left.map(p -> p.getFileName().toString()).sorted().toList());
        }
        assertThrows(IOException.class, () -> runs.remove(run), "it is gone");
        // the lock of a removed run is not held on to
        RunFolder again = runs.create(root, recipe("a"));
        assertEquals(run.id(), again.id());
        assertDoesNotThrow(() -> again.lock().close());
    }

    @Test
    void noHalfFilesStayBehind() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        run.status(RunStatus.DONE, "");
        run.provenance(Map.of());
        run.metric(Map.of("stage", "x", "step", 1));
        run.truncateMetrics("x", 0);
        try (Stream<Path> left = Files.list(run.path())) {
            assertEquals(List.of("metrics.jsonl", "provenance.json", "recipe.yaml", "status.json"), left.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        RunFolder run = runs.create(root, recipe("a"));
        Files.createSymbolicLink(run.path().resolve("metrics.jsonl"), Path.of("/dev/full"));
        String message = assertThrows(UncheckedIOException.class, () -> run.metric(Map.of("a", 1))).getMessage();
        assertEquals("cannot write " + run.path().resolve("metrics.jsonl") + ": No space left on device. Free some space; what is complete is kept and the run can go on from there.", message);
    }

    @Test
    void placesThatCannotBeWrittenAreTold() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "x");
        String message = assertThrows(IOException.class, () -> runs.create(file, recipe("a"))).getMessage();
        assertEquals("cannot make a run in " + file + ": a file of that name is in the way. Move it or choose another folder.", message);
        assertTrue(assertThrows(IOException.class, () -> runs.list(file)).getMessage().startsWith("cannot list " + file + ": a file of that name is in the way."));
        RunFolder run = runs.create(root, recipe("a"));
        Files.writeString(run.path().resolve("stages"), "x");
        assertTrue(assertThrows(UncheckedIOException.class, () -> run.stage("x")).getMessage().startsWith("cannot make " + run.path().resolve("stages").resolve("x")));
    }
}
