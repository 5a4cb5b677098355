package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path root;

    private List<String> names() throws IOException {
        try (Stream<Path> list = Files.list(root)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFailedReplacementLeavesTheOldFolderAloneAndSaysWhichItIs() throws Exception {
        Path model = root.resolve("model");
        Folders.replace(model, folder -> Files.writeString(folder.resolve("a"), "old"));
        IOException e = assertThrows(IOException.class, () -> Folders.replace(model, folder -> {
            Files.writeString(folder.resolve("a"), "new");
            throw new IOException("No space left on device");
        }));
        assertEquals("cannot write " + model + ": No space left on device", e.getMessage());
        assertThrows(IllegalStateException.class, () -> Folders.replace(model, folder -> {
            throw new IllegalStateException("a part failed");
        }));
        assertEquals("old", Files.readString(model.resolve("a")));
        assertEquals(List.of("model"), names());
    }

    @Test
    void aCrashBetweenTheMovesIsUndone() throws Exception {
        Path model = root.resolve("model");
        Files.writeString(Files.createDirectory(root.resolve("model.old")).resolve("a"), "old");
        Files.createDirectory(root.resolve("model.new"));
        Folders.recover(model);
        assertEquals("old", Files.readString(model.resolve("a")));
        assertEquals(List.of("model"), names());
        Files.writeString(Files.createDirectory(root.resolve("model.old")).resolve("a"), "older");
        Folders.recover(model);
        assertEquals("old", Files.readString(model.resolve("a")));
        assertEquals(List.of("model"), names());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedAndNothingStays() throws Exception {
        Path file = Files.createDirectory(root.resolve("report.txt"));
        Files.writeString(file.resolve("in"), "the way");
        IOException e = assertThrows(IOException.class, () -> Folders.write(file, "text"));
        assertTrue(e.getMessage().startsWith("cannot write " + file), e.getMessage());
        assertEquals(List.of("report.txt"), names());
        IOException missing = assertThrows(IOException.class, () -> Folders.write(root.resolve("no/report.txt"), "text"));
        assertTrue(missing.getMessage().contains("no/report.txt"), missing.getMessage());
        assertFalse(Files.exists(root.resolve("no")));
    }
}
