package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.runs.FolderRuns;

class GraphRunnerTest extends RunnerScene {
    @Test
    void stagesRunInOrderAndLeaveTheirMetricsAndProvenance() throws Exception {
        assertEquals(RunStatus.DONE, run(recipe("train")));
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(RunStatus.DONE, folder.status());
        assertEquals(3, folder.metrics().size());
        String provenance = Files.readString(folder.path().resolve("provenance.json"));
        assertTrue(provenance.contains("0123") && provenance.contains("PyTorch"), provenance);
    }

    @Test
    void aStageHasABreakWhereItAsksWhetherToStop() throws Exception {
        List<String> breaks = new ArrayList<>();
        runner.addListener(new RunListener() {
            @Override
            public void betweenBatches(String run, String stage) {
                assertFalse(done.contains(stage));
                breaks.add(run + " " + stage);
                stop.set(stage.equals("second"));
            }
        });
        assertEquals(RunStatus.STOPPED, run(recipe("train")));
        assertEquals(List.of(folder.id() + " first", folder.id() + " second"), breaks);
    }

    @Test
    void aFailureNamesStageAndPartAndTheNextRunGoesOnAfterTheDoneStages() throws Exception {
        broken.set(true);
        Exception e = assertThrows(Exception.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().contains("'second'") && e.getMessage().contains("noting") && e.getMessage().contains("the disk is full"), e.getMessage());
        assertEquals(RunStatus.FAILED, folder.status());
        assertTrue(folder.error().contains("the disk is full"), folder.error());
        broken.set(false);
        assertEquals(RunStatus.DONE, run(recipe("train")));
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(3, folder.metrics().size(), "the second attempt at a stage must not repeat the lines of the first");
    }

    @Test
    void aLineOnTheWaySaysHowTheProcessStoodThen() throws Exception {
        run(recipe("train"));
        assertFalse(folder.metrics().get(0).containsKey("process"), "a result is the same however it came about: " + folder.metrics());
        placed.set(true);
        folder = new FolderRuns(Clock.systemDefaultZone(), "test").create(folder.path().resolveSibling("more"), recipe("train"));
        run(recipe("train"));
        Map<String, Object> line = folder.metrics().get(0);
        assertEquals(0.5, line.get("share"));
        Map<?, ?> process = (Map<?, ?>) line.get("process");
        assertTrue(process.get("seconds") instanceof Number seconds && seconds.doubleValue() >= 0, line.toString());
        boolean linux = Files.exists(Path.of("/proc/self/status"));
        assertEquals(linux, process.get("memory") instanceof Number memory && memory.longValue() > 1 << 20, line.toString());
    }

    @Test
    void theLogSaysWhyAsPeopleDo() throws Exception {
        assertThrows(RecipeException.class, () -> run(recipe("none")));
        String log = Files.readString(folder.path().resolve("log.txt"));
        assertTrue(log.contains("failed: ") && !log.contains("relata.api.run.RecipeException"), log);
    }

    @Test
    void aFailureWithoutWordsGetsSome() {
        broken.set(true);
        failure = new NoSuchFileException("model.bin");
        Exception e = assertThrows(Exception.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().endsWith("there is no file model.bin"), e.getMessage());
    }

    @Test
    void aRunFolderThatCannotBeWrittenDoesNotHideWhatFailed() {
        broken.set(true);
        RunFolder whole = folder;
        folder = (RunFolder) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RunFolder.class}, (proxy, method, args) -> {
            if (method.getName().equals("status") && args != null && args[0] == RunStatus.FAILED) throw new UncheckedIOException(new IOException("status.json: no space left"));
            try {
                return method.invoke(whole, args);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
        Exception e = assertThrows(Exception.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().contains("the disk is full"), e.getMessage());
        assertTrue(e.getSuppressed()[0].getMessage().contains("status.json"), e.getSuppressed()[0].getMessage());
    }

    @Test
    void aStopIsHeardAndIsNoFailure() throws Exception {
        stop.set(true);
        assertEquals(RunStatus.STOPPED, run(recipe("train")));
        assertEquals(RunStatus.STOPPED, folder.status());
        assertEquals(List.of(), done);
    }

    @Test
    void aSecondProcessIsKeptOut() throws Exception {
        try (AutoCloseable held = folder.lock()) {
            assertThrows(IllegalStateException.class, () -> run(recipe("train")));
        }
        assertFalse(folder.finished("first"));
    }
}
