package relata.runs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    static Map<String, Object> line(String stage, Object step, Object loss) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("stage", stage);
        line.put("step", step);
        line.put("loss", loss);
        return line;
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
    void statusSurvivesAndRunningNeedsALiveProcess() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        run.status(RunStatus.FAILED, "stage 'x': \"no\" \u00e9");
        assertEquals(RunStatus.FAILED, runs.open(root, "last").status());
        assertEquals("stage 'x': \"no\" \u00e9", runs.open(root, "last").error());
        try (AutoCloseable lock = run.lock()) {
            run.status(RunStatus.RUNNING, "");
            assertEquals(RunStatus.RUNNING, runs.open(root, "last").status());
            assertEquals(RunStatus.RUNNING, run.status(), "asking does not lose the lock");
        }
        assertEquals(RunStatus.STOPPED, run.status());
        run.status(RunStatus.DONE, "");
        assertEquals(RunStatus.DONE, run.status());
        Files.writeString(run.path().resolve("status.json"), "{\"status\": \"do");
        assertEquals(RunStatus.STOPPED, run.status());
        assertTrue(run.error().contains("status.json is damaged"), run.error());
        Files.delete(run.path().resolve("status.json"));
        assertEquals(RunStatus.STOPPED, run.status());
        assertEquals(1, ids().size());
    }

    @Test
    void oneLockAtATime() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        AutoCloseable lock = run.lock();
        RunFolder again = runs.open(root, "last");
        String message = assertThrows(IllegalStateException.class, again::lock).getMessage();
        assertEquals("run " + run.id() + " is being worked on by process " + ProcessHandle.current().pid() + ". Stop it first, or wait.", message);
        assertThrows(IOException.class, () -> runs.remove(again));
        lock.close();
        lock.close();
        AutoCloseable second = again.lock();
        lock.close();
        assertThrows(IllegalStateException.class, run::lock, "closing a lock twice does not open another's");
        second.close();
    }

    /** Takes the lock of the run in the first argument and waits to be killed. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            DiskFolder run = new DiskFolder(Path.of(args[0]), Clock.systemUTC(), "");
            run.lock();
            run.status(RunStatus.RUNNING, "");
            System.out.println("locked");
            System.in.read();
        }
    }

    @Test
    void anotherProcessHoldsTheLockUntilItIsKilled() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes, Holder.class.getName(), run.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("locked", out.readLine());
            assertEquals(RunStatus.RUNNING, run.status());
            assertTrue(assertThrows(IllegalStateException.class, run::lock).getMessage().contains("by process " + other.pid() + "."));
            assertTrue(assertThrows(IOException.class, () -> runs.remove(run)).getMessage().contains("by process " + other.pid() + "."));
            assertEquals(RunStatus.RUNNING, run.status(), "failing to lock does not free it");
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertEquals(RunStatus.STOPPED, run.status());
        run.lock().close();
    }

    @Test
    void aLockThatAnotherCopyOfTheClassHoldsIsSeenAndKept() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        try (var channel = java.nio.channels.FileChannel.open(run.path().resolve(".lock"), java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE);
                var lock = channel.lock(1L << 30, 1, false)) {
            run.status(RunStatus.RUNNING, "");
            assertEquals(RunStatus.RUNNING, run.status());
            assertThrows(IllegalStateException.class, run::lock);
            assertTrue(lock.isValid());
        }
        assertEquals(RunStatus.STOPPED, run.status());
    }

    @Test
    void stages() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        assertFalse(run.finished("pretrain"));
        Path folder = run.stage("pretrain");
        assertEquals(run.path().resolve("stages/pretrain"), folder);
        Files.writeString(folder.resolve("weights"), "w");
        Files.createDirectories(folder.resolve("inner"));
        assertFalse(run.finished("pretrain"));
        run.finish("pretrain");
        run.finish("pretrain");
        assertTrue(runs.open(root, "last").finished("pretrain"));
        assertEquals("2026-03-04T05:06:07Z\n", Files.readString(folder.resolve("done")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("done", "inner", "weights"), files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "A", "é", "a b", ".", "a\0"})
    void stageNamesAreChecked(String name) throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        assertThrows(IllegalArgumentException.class, () -> run.stage(name));
        assertThrows(IllegalArgumentException.class, () -> run.finished(name));
        assertThrows(IllegalArgumentException.class, () -> run.finish(name));
    }

    @Test
    void metricsComeBackInOrder() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("stage", "x");
        odd.put("nan", Double.NaN);
        odd.put("inf", Float.NEGATIVE_INFINITY);
        odd.put("tiny", 1.0e-300);
        odd.put("third", 1.0 / 3);
        odd.put("text", "Überraschung \u2028 <日本語> \"q\"");
        odd.put("nested", Map.of("f1", 0.5));
        run.metric(odd);
        run.metric(line("x", 9007199254740993L, 2.0f));
        List<Map<String, Object>> back = runs.open(root, "last").metrics();
        assertEquals(List.of("stage", "nan", "inf", "tiny", "third", "text", "nested"), List.copyOf(back.get(0).keySet()));
        assertEquals(Double.NaN, back.get(0).get("nan"));
        assertEquals(Double.NEGATIVE_INFINITY, back.get(0).get("inf"));
        assertEquals(1.0e-300, back.get(0).get("tiny"));
        assertEquals(1.0 / 3, back.get(0).get("third"));
        assertEquals(odd.get("text"), back.get(0).get("text"));
        assertEquals(Map.of("f1", 0.5), back.get(0).get("nested"));
        assertEquals(line("x", 9007199254740993L, 2.0), back.get(1));
        for (String l : Files.readAllLines(run.path().resolve("metrics.jsonl"))) assertTrue(JsonParser.parseString(l).isJsonObject(), l);
    }

    @Test
    void aLastLineCutAtAnyByteIsLeftOutAndCutOff() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        run.metric(line("pretrain", 1, 0.5));
        Path file = run.path().resolve("metrics.jsonl");
        int whole = Math.toIntExact(Files.size(file));
        run.metric(line("pretrain", 2, "日本 \uD83D\uDE00 long " + "x".repeat(50)));
        byte[] bytes = Files.readAllBytes(file);
        for (int end = whole; end < bytes.length; end++) {
            Files.write(file, Arrays.copyOf(bytes, end));
            RunFolder again = runs.open(root, "last");
            assertEquals(List.of(line("pretrain", 1L, 0.5)), again.metrics(), "cut at byte " + end);
            if (end % 2 == 0) again.lock().close();
            else again.metric(line("pretrain", 3, 1.5));
            assertEquals(end % 2 == 0 ? 1 : 2, again.metrics().size());
            byte[] now = Files.readAllBytes(file);
            assertEquals('\n', now[now.length - 1]);
            assertTrue(Arrays.equals(now, 0, whole, bytes, 0, whole));
        }
        Files.write(file, Arrays.copyOf(bytes, whole - 1));
        assertEquals(List.of(), run.metrics());
        run.lock().close();
        assertEquals(0, Files.size(file));
    }

    @Test
    void halfLinesLongerThanABlockAreCut() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        Path file = run.path().resolve("metrics.jsonl");
        for (int length : new int[] {4094, 4095, 4096, 4097, 8191, 8192, 20000}) {
            Files.writeString(file, "{}\n" + "x".repeat(length));
            run.metric(Map.of("a", 1));
            assertEquals("{}\n{\"a\":1}\n", Files.readString(file));
        }
    }

    @Test
    void damageInTheMiddleIsTold() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        Files.writeString(run.path().resolve("metrics.jsonl"), "{\"a\":1}\n{\"a\":\n{\"a\":1}\n");
        String message = assertThrows(UncheckedIOException.class, run::metrics).getMessage();
        assertEquals(run.path().resolve("metrics.jsonl") + " line 2 is not a JSON object: it is damaged. Remove the line to read the others.", message);
    }

    @Test
    void metricsBeyondAStepAreDropped() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        for (int step = 1; step <= 4; step++) {
            run.metric(line("pretrain", step, 0.5));
            run.metric(line("finetune", step, 0.25));
        }
        run.metric(Map.of("stage", "pretrain", "note", "no step"));
        Files.writeString(run.path().resolve("metrics.jsonl"), "{\"stage\":\"pretr", java.nio.file.StandardOpenOption.APPEND);
        run.truncateMetrics("pretrain", 2);
        run.metric(line("pretrain", 3, 0.75));
        List<String> found = run.metrics().stream().map(m -> m.get("stage") + " " + m.get("step")).toList();
        assertEquals(List.of("pretrain 1", "finetune 1", "pretrain 2", "finetune 2", "finetune 3", "finetune 4", "pretrain 3"), found, "the line without a step is written again by the stage that begins again");
        run.truncateMetrics("nothing", 0);
        run.truncateMetrics("pretrain", -1);
        assertEquals(4, run.metrics().size());
    }

    @Test
    void log() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        run.log("one");
        Files.writeString(run.path().resolve("log.txt"), "hal", java.nio.file.StandardOpenOption.APPEND);
        run.log("zwei \u00fc");
        assertEquals("one\nzwei \u00fc\n", Files.readString(run.path().resolve("log.txt")));
    }

    @Test
    void provenanceNamesThePlatform() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("seed", 42);
        given.put("bundles", List.of(Map.of("name", "b", "rate", Double.NaN)));
        run.provenance(given);
        var json = JsonParser.parseString(Files.readString(run.path().resolve("provenance.json"))).getAsJsonObject();
        assertEquals(List.of("time", "relata", "java", "os", "arch", "cores", "memoryBytes", "seed", "bundles"), List.copyOf(json.keySet()));
        assertEquals("2026-03-04T05:06:07Z", json.get("time").getAsString());
        assertEquals("1.2.3", json.get("relata").getAsString());
        assertEquals(42, json.get("seed").getAsInt());
        assertEquals(Runtime.getRuntime().availableProcessors(), json.get("cores").getAsInt());
        assertTrue(json.get("memoryBytes").getAsLong() > 1L << 28);
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
