package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private String refused(Path file) {
        return assertThrows(Failure.class, () -> ModelFolder.find(new FakeServices(home), home, file.toString(), "")).getMessage();
    }

    @Test
    void theFileOfAnExportStandsForItsFolder() throws Exception {
        Path exported = Files.createDirectory(home.resolve("exported")), file = Files.createFile(exported.resolve("model.onnx")), alone = Files.createFile(home.resolve("alone.onnx"));
        String why = " is a file without relata.json beside it; name the folder of a model";
        assertEquals("--model " + file + why + ". One file alone is for other programs: 'relata export --onnx' with a folder's name writes what can be asked here", refused(file));
        Files.createFile(exported.resolve("relata.json"));
        assertEquals(exported, ModelFolder.find(new FakeServices(home), home, file.toString(), ""));
        assertTrue(refused(alone).contains("One file alone"), refused(alone));
        assertEquals("--model " + exported.resolve("relata.json") + " is a file; name its folder, " + exported, refused(exported.resolve("relata.json")));
        assertEquals("--model " + Files.createFile(home.resolve("weights.bin")) + why, refused(home.resolve("weights.bin")));
    }
}
