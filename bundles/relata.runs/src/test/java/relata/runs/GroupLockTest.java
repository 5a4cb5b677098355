package relata.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static relata.runs.FolderRunsTest.at;
import static relata.runs.FolderRunsTest.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.run.RunFolder;

class GroupLockTest {
    @TempDir
    Path root;

    final FolderRuns runs = at("2026-03-04T05:06:07Z");

    @Test
    void aGroupHasALockOfItsOwn() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        for (String group : List.of("group-x", "group-y", "group-../../z/" + "long".repeat(100))) {
            AutoCloseable lock = runs.lockGroup(root, group);
            String message = assertThrows(IllegalStateException.class, () -> runs.lockGroup(root, group)).getMessage();
            assertEquals("the runs of " + group + " are being worked on by process " + ProcessHandle.current().pid() + ". Stop it first, or wait.", message);
            assertThrows(IllegalStateException.class, () -> runs.lockGroup(root, group), "saying so does not lose the lock");
            run.lock().close();
            lock.close();
            runs.lockGroup(root, group).close();
        }
        try (Stream<Path> files = Files.list(root)) {
            assertEquals(List.of(".groups", run.id()), files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(List.of(run.id()), runs.list(root).stream().map(RunFolder::id).toList(), "locks are no runs");
    }
}
