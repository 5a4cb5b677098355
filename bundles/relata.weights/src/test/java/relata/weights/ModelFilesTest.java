package relata.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFilesTest {
    @TempDir
    Path folder;

    @Test
    void theFirstOfTheKnownFilesIsRead() throws IOException {
        for (String name : List.of("other.onnx", "model.onnx", "pytorch_model.bin", "model.safetensors.index.json")) {
            Files.writeString(folder.resolve(name), "garbage");
            assertTrue(message().contains(folder.resolve(name).toString()), message());
        }
        Safetensors.write(folder.resolve("model.safetensors"), new Weights("t", List.of(Weight.of("a", List.of(1L), 1))), Map.of());
        assertEquals(List.of("a"), ModelFiles.read(folder).names());
    }

    @Test
    void aFolderWithoutWeightsIsAnErrorThatSaysWhatIsThere() throws IOException {
        assertTrue(message().contains("model.safetensors") && message().contains("found nothing"), message());
        Files.writeString(folder.resolve("a.onnx"), "");
        Files.writeString(folder.resolve("b.onnx"), "");
        assertTrue(message().contains("found a.onnx, b.onnx"), message());
        assertTrue(assertThrows(IOException.class, () -> ModelFiles.read(folder.resolve("absent"))).getMessage().contains("does not exist"));
        assertTrue(assertThrows(IOException.class, () -> ModelFiles.read(folder.resolve("a.onnx"))).getMessage().contains("not a folder"));
    }

    private String message() {
        return assertThrows(IOException.class, () -> ModelFiles.read(folder)).getMessage();
    }
}
