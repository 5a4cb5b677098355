package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    @TempDir
    private Path folder;

    @Test
    void otherWeightsHaveAnother() throws Exception {
        assertEquals(Optional.empty(), Fingerprint.of(folder));
        Files.writeString(folder.resolve("model.safetensors"), "abc");
        Optional<String> first = Fingerprint.of(folder);
        Files.writeString(folder.resolve("config.json"), "no weights");
        assertEquals(first, Fingerprint.of(folder));
        Files.writeString(folder.resolve("model.safetensors"), "abd");
        assertNotEquals(first, Fingerprint.of(folder));
        Files.writeString(folder.resolve("model.safetensors"), "abc");
        assertEquals(first, Fingerprint.of(folder));
        Files.writeString(folder.resolve("more.safetensors"), "");
        assertNotEquals(first, Fingerprint.of(folder));
    }
}
