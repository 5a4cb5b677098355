package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {
    @TempDir
    Path folder;

    @Test
    void wholeLinesComeOnce() throws IOException {
        Path file = folder.resolve("lines");
        assertEquals(new FileTail(List.of(), 0), FileTail.of(file, 0));
        Files.writeString(file, "one\nzwö");
        FileTail first = FileTail.of(file, 0);
        assertEquals(new FileTail(List.of("one"), 4), first);
        assertEquals(first.end(), FileTail.of(file, first.end()).end());
        Files.writeString(file, "lf\nthree\n", StandardOpenOption.APPEND);
        FileTail second = FileTail.of(file, first.end());
        assertEquals(List.of("zwölf", "three"), second.lines());
        assertEquals(Files.size(file), second.end());
        assertEquals(new FileTail(List.of(), Files.size(file)), FileTail.of(file, -1));
        Files.writeString(file, "anew\n");
        assertEquals(List.of("anew"), FileTail.of(file, second.end()).lines(), "a file that became shorter is read anew");
    }

    @Test
    void aLineLongerThanALookComesInPieces() throws Exception {
        Path file = folder.resolve("long");
        Files.writeString(file, "x".repeat((1 << 20) + 5) + "\nafter\n");
        FileTail first = FileTail.of(file, 0), second = FileTail.of(file, first.end());
        assertEquals(List.of(1 << 20), first.lines().stream().map(String::length).toList());
        assertEquals(List.of("xxxxx", "after"), second.lines());
    }
}
