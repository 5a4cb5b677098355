package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/**
 * What holds for every dependency parser: a tree for each sentence, over exactly the given tokens, the same each time and in every thread.
 *
 * @param <C> the record of its settings
 */
public interface DependencyParserContract<C extends Record> extends ProviderContract<DependencyParser, C> {
    /** Length of the very long text. */
    int LONG = 4000;

    /** How often several threads parse all texts. */
    int ROUNDS = 10;

    /** False for a parser that may give no part-of-speech tags. */
    default boolean tags() {
        return true;
    }

    /** What it is tried on, each a text of tokens: several sentences, masks, odd tokens, a single one, a very long text. A parser that knows few texts must know these. */
    default List<List<String>> texts() {
        List<String> unending = new ArrayList<>();
        while (unending.size() < LONG) unending.addAll(List.of("the", "dog", "that", "chased", "a", "cat", "and"));
        List<String> document = new ArrayList<>();
        while (document.size() < LONG) document.addAll(List.of("The", "baker", "lends", "a", "knife", "to", "her", "friend", "."));
        return List.of(
                words("The baker lends her knife to a friend ."),
                words("The baker lends her knife . Her friend returns it clean . Is it sharp ? Yes ."),
                words("Treatment with @DRUG$ lowers the level of @CHEM-GENE$ , but @DRUG$ does not bind to @PROTEIN$ ."),
                words("@PROTEIN$ inhibits @PROTEIN$ . In vivo , @GENE$ needs it , too ."),
                words("He did n't pay $ 1,200.50 ( 3 % ) for 5\u03bcM of N-methyl-D-aspartate/kg \u2026 \ud83d\ude00 \" no \" ."),
                words(". . ."),
                words("Stop"),
                List.of("New York", "-LRB-", "a b c", "\u00a0", "-RRB-", "_"),
                unending,
                document);
    }

    @Test
    default void graphsHaveExactlyTheTokens() {
        each(text -> assertEquals(text.size(), part().parse(text).size(), "a graph must have exactly the tokens of the text"));
    }

    @Test
    default void sentencesAreTreesWithOneRoot() {
        each(text -> {
            DependencyGraph graph = part().parse(text);
            List<Integer> starts = graph.sentences();
            assertFalse(starts.isEmpty(), "there is one sentence at least");
            for (int s = 0; s < starts.size(); s++) {
                int start = starts.get(s);
                int end = s + 1 < starts.size() ? starts.get(s + 1) : graph.size();
                assertTrue(s > 0 || start == 0, () -> "the first sentence must start at 0: " + starts);
                assertTrue(start < end, () -> "sentence starts must ascend and stay below " + graph.size() + ": " + starts);
                assertEquals(1, IntStream.range(start, end).filter(i -> graph.heads().get(i) < 0).count(), () -> "roots of the sentence " + text.subList(start, end));
                for (int i = start; i < end; i++) assertTrue(reachesTheRoot(graph, i, start, end), "token " + i + " must hang from the root of its sentence: " + graph.heads().subList(start, end));
            }
        });
    }

    @Test
    default void arcsCarryLabels() {
        each(text -> assertFalse(part().parse(text).labels().contains(""), "every arc must have a label"));
    }

    @Test
    default void tagsMasksAsNouns() {
        each(text -> {
            List<String> tags = part().parse(text).tags();
            for (int i = 0; i < text.size(); i++)
                if (text.get(i).startsWith("@") && text.get(i).endsWith("$") && (tags() || !tags.get(i).isEmpty()))
                    assertTrue(tags.get(i).startsWith("NN"), text.get(i) + " stands for a name, but was tagged " + tags.get(i));
        });
    }

    @Test
    default void tagsEveryToken() {
        if (tags()) each(text -> assertFalse(part().parse(text).tags().contains(""), "every token must have a tag"));
    }

    @Test
    default void isDeterministic() {
        DependencyParser one = part();
        DependencyParser other = part();
        for (List<String> text : texts()) {
            DependencyGraph graph = one.parse(text);
            assertEquals(graph, one.parse(text), "the same text must have the same parse");
            assertEquals(graph, other.parse(new ArrayList<>(text)), "a parser made alike must give the same parse");
        }
    }

    @Test
    default void isTheSameInSeveralThreads() throws InterruptedException {
        List<List<String>> texts = texts().stream().filter(t -> t.size() < LONG).toList();
        List<DependencyGraph> expected = texts.stream().map(part()::parse).toList();
        DependencyParser part = part();
        for (int round = 0; round < ROUNDS; round++)
            for (List<DependencyGraph> graphs : Together.results(thread -> texts.stream().map(part::parse).toList()))
                assertEquals(expected, graphs, "parses of several threads must not mix");
    }

    @Test
    default void hasAVersion() {
        assertFalse(part().version().isBlank(), "a version keeps old parses out of a cache");
        assertEquals(part().version(), part().version(), "parsers made alike have the same version");
    }

    /** A failure is told by the fewest tokens that show it, if the parser knows so few. */
    private void each(Smallest.Check<List<String>> check) {
        new Smallest<List<String>>(text -> Smallest.parts(text, 1), List::toString).all(texts(), check);
    }

    private static boolean reachesTheRoot(DependencyGraph graph, int token, int start, int end) {
        int at = token;
        for (int steps = 0; steps <= end - start; steps++) {
            if (at < start || at >= end) return false;
            if (graph.heads().get(at) < 0) return true;
            at = graph.heads().get(at);
        }
        return false;
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
