package relata.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.runs.FolderRunsTest.at;
import static relata.runs.FolderRunsTest.recipe;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;

/** What is in the folder of a run: status, lock, stages, metrics, log, provenance. */
class DiskFolderTest {
    @TempDir
    Path root;

    final FolderRuns runs = at("2026-03-04T05:06:07Z");

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
    void aLockIsGivenBackIfTheFolderCannotBeReady() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        // what a disk that is full or broken does to the file
        Files.createDirectory(run.path().resolve("metrics.jsonl"));
        assertThrows(UncheckedIOException.class, run::lock);
        assertEquals(RunStatus.STOPPED, run.status());
        Files.delete(run.path().resolve("metrics.jsonl"));
        run.lock().close();
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
}
