package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    private Path home;

    @Test
    void aFullStopMayBeTheRunsOrStandBeforeAStage() throws Exception {
        FakeServices services = new FakeServices(home);
        Path run = Files.createDirectory(home.resolve("bert-1.5"));
        Path stage = Files.createDirectories(run.resolve("stages/finetune"));
        services.runs.all.add(new FakeRuns.FakeFolder(run, "", Optional.empty()));
        assertEquals(run, ModelFolder.find(services, home, "bert-1.5", ""));
        assertEquals(stage, ModelFolder.find(services, home, "bert-1.5", "finetune"));
        assertEquals(stage, ModelFolder.find(services, home, "bert-1.5.finetune", ""));
        assertEquals(run, ModelFolder.find(services, home, "last", ""));
        assertEquals("there is no run 'bert-1'", assertThrows(IOException.class, () -> ModelFolder.find(services, home, "bert-1.6", "")).getMessage());
        assertEquals("there is no run 'bert-1.6'", assertThrows(IOException.class, () -> ModelFolder.find(services, home, "bert-1.6", "finetune")).getMessage());
    }
}
