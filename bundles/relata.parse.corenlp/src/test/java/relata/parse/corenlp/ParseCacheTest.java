package relata.parse.corenlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.view.DependencyGraph;
import relata.testkit.FakeParser;

class ParseCacheTest {
    @TempDir
    Path folder;

    private final List<List<String>> asked = new ArrayList<>();

    private DependencyGraph parse(List<String> text) {
        asked.add(text);
        return FakeParser.parse(text);
    }

    @Test
    void parsesEachTextOnce() {
        Path file = folder.resolve("x.parses");
        ParseCache cache = new ParseCache(file, "v1", 1000);
        List<List<String>> texts = List.of(List.of("ab"), List.of("a", "b"), List.of("a b"), List.of("a", "b", "\u00fc", "\ud83d\ude00", "."), List.of("\ud83d"), List.of("?"));
        for (List<String> text : texts) for (int time = 0; time < 2; time++) assertEquals(FakeParser.parse(text), cache.get(text, this::parse));
        assertEquals(texts, asked);
        ParseCache later = new ParseCache(file, "v1", 1000);
        for (List<String> text : texts) assertEquals(FakeParser.parse(text), later.get(text, this::parse));
        assertEquals(6, asked.size(), "another process finds them in the file");
        new ParseCache(file, "v2", 1000).get(texts.get(0), this::parse);
        assertEquals(7, asked.size(), "another version of the parser asks anew");
    }

    @Test
    void keepsTheLatestInMemory() {
        ParseCache cache = new ParseCache(folder.resolve("x.parses"), "v1", 10);
        List<String> text = List.of("a", "b", "c");
        DependencyGraph first = cache.get(text, this::parse);
        assertSame(first, cache.get(text, this::parse));
        cache.get(List.of("d", "e", "f", "g", "h"), this::parse);
        assertSame(first, cache.get(text, this::parse));
        // the oldest goes, which is not the first since that was just asked for
        cache.get(List.of("i", "j", "k"), this::parse);
        assertSame(first, cache.get(text, this::parse));
        cache.get(List.of("l", "m", "n", "o", "p", "q", "r", "s"), this::parse);
        DependencyGraph again = cache.get(text, this::parse);
        assertEquals(first, again);
        assertNotSame(first, again);
        assertEquals(4, asked.size(), "it came from the file");
        cache.get(List.of("far too long to be kept with anything else".split(" ")), this::parse);
        cache.get(List.of("far too long to be kept in memory with any other text but".split(" ")), this::parse);
        assertEquals(first, cache.get(text, this::parse));
    }

    @Test
    void aGraphThatIsDamagedInsideIsParsedAnew() throws Exception {
        Path file = folder.resolve("x.parses");
        List<String> text = List.of("a", "b");
        new ParseCache(file, "v1", 10).get(text, this::parse);
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at]++;
            Files.write(file, bad);
            assertEquals(FakeParser.parse(text), new ParseCache(file, "v1", 10).get(text, this::parse));
        }
        assertEquals(1 + good.length, asked.size());
    }

    @Test
    void graphsSurviveAsBytes() {
        DependencyGraph graph = FakeParser.parse(List.of("a", ".", "b", "c", ".", "."));
        byte[] bytes = GraphBytes.write(graph);
        assertEquals(graph, GraphBytes.read(bytes).orElseThrow());
        for (int n = 0; n < bytes.length; n++) assertEquals(Optional.empty(), GraphBytes.read(Arrays.copyOf(bytes, n)));
        assertEquals(Optional.empty(), GraphBytes.read(Arrays.copyOf(bytes, bytes.length + 1)));
    }
}
