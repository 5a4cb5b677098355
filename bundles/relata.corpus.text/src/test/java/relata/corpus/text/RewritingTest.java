package relata.corpus.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

class RewritingTest {
    private static Corpus corpus() {
        Passage passage = new Passage("p", List.of("a", "and", "b"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
        return new Corpus("small", new TreeMap<>(Map.of("train", List.of(new Example("e", passage, List.of(new Pair(0, 1, List.of("yes"))))))), List.of("yes"), Optional.empty(), new TreeMap<>());
    }

    @Test
    void aRefusalLeavesNoFoldersBehind(@TempDir Path home) throws Exception {
        Path there = Files.createDirectories(home.resolve("there"));
        Path folder = there.resolve("new/newer/corpus");
        IOException e = assertThrows(IOException.class, () -> Rewriting.write(corpus(), folder, (where, what, detail) -> {}, beside -> {
            Files.writeString(beside.resolve("half"), "x");
            throw new IOException("the disk is full");
        }));
        assertEquals("the disk is full", e.getMessage());
        try (Stream<Path> left = Files.list(there)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void foldersThatSomebodyElseUsesStay(@TempDir Path home) throws Exception {
        Path folder = home.resolve("new/newer/corpus");
        assertThrows(IOException.class, () -> Rewriting.write(corpus(), folder, (where, what, detail) -> {}, beside -> {
            Files.writeString(home.resolve("new/other"), "x");
            throw new IOException("the disk is full");
        }));
        assertFalse(Files.exists(home.resolve("new/newer")));
        assertTrue(Files.exists(home.resolve("new/other")));
    }

    @Test
    void whatIsWrittenStays(@TempDir Path home) throws Exception {
        Path folder = home.resolve("new/newer/corpus");
        Rewriting.write(corpus(), folder, (where, what, detail) -> {}, beside -> {
            Files.writeString(beside.resolve("whole"), "x");
            return RewritingTest::corpus;
        });
        assertEquals("x", Files.readString(folder.resolve("whole")));
    }
}
