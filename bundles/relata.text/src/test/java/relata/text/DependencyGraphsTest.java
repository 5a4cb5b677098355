package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Passage;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

class DependencyGraphsTest {
    private final List<List<String>> asked = new ArrayList<>();

    /** Every token depends on the last one of its text. */
    private final DependencyParser parser = tokens -> {
        asked.add(List.copyOf(tokens));
        int n = tokens.size();
        List<Integer> heads = new ArrayList<>(Collections.nCopies(n - 1, n - 1));
        heads.add(-1);
        return new DependencyGraph(heads, Collections.nCopies(n, "dep"), List.copyOf(tokens), List.of(0));
    };

    @Test
    void parsesKnownSentencesOneByOne() {
        DependencyGraph graph = DependencyGraphs.of(parser, passage(List.of("a", "b", "c", "d", "e"), List.of(0, 2, 3)));
        assertEquals(List.of(List.of("a", "b"), List.of("c"), List.of("d", "e")), asked);
        assertEquals(List.of(1, -1, -1, 4, -1), graph.heads());
        assertEquals(List.of("a", "b", "c", "d", "e"), graph.tags());
        assertEquals(List.of(0, 2, 3), graph.sentences());
    }

    @Test
    void leavesUnknownSentencesToTheParser() {
        assertEquals(List.of(2, 2, -1), DependencyGraphs.of(parser, passage(List.of("a", "b", "c"), List.of())).heads());
        assertEquals(List.of(List.of("a", "b", "c")), asked);
    }

    @Test
    void refusesAGraphOfOtherTokens() {
        DependencyParser wrong = tokens -> parser.parse(tokens.subList(1, tokens.size()));
        assertThrows(IllegalStateException.class, () -> DependencyGraphs.of(wrong, passage(List.of("a", "b", "c"), List.of())));
    }

    private static Passage passage(List<String> tokens, List<Integer> sentences) {
        return new Passage("p", tokens, sentences, List.of(), List.of());
    }
}
