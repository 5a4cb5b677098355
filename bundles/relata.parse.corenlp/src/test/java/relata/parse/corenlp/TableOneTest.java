package relata.parse.corenlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Augmenter;
import relata.api.view.DependencyParser;
import relata.api.view.View;
import relata.augment.lexical.RandomDeletion;
import relata.augment.lexical.RandomSwap;
import relata.augment.lexical.ShortestPathGuard;
import relata.augment.lexical.SynonymReplacement;
import relata.testkit.FakeLexicon;
import relata.testkit.TestParts;
import relata.text.ShortestPath;

/** Su et al. 2021, Table 1: the shortest dependency path between the two proteins, which the three operations keep. */
class TableOneTest {
    private static final List<String> TOKENS = List.of("We further show that @PROTEIN$ directly interacts with @PROTEIN$ and Rpn4 .".split(" "));
    private static final List<Integer> PATH = List.of(4, 6, 8);
    private static final Example EXAMPLE = new Example("table-1",
            new Passage("table-1", TOKENS, List.of(0), List.of(Entity.of("one", "PROTEIN", 4, 5), Entity.of("other", "PROTEIN", 8, 9)), List.of()), List.of(new Pair(0, 1, List.of("1"))));

    private final TestParts parts = TestParts.of(new CoreNlpParser(), new ShortestPathGuard(), new FakeLexicon(), new SynonymReplacement(), new RandomSwap(), new RandomDeletion());

    @Test
    void thePathIsThePapers() {
        DependencyParser parser = parts.create(parts.ref(DependencyParser.class, "corenlp"));
        ShortestPath path = ShortestPath.between(parser.parse(TOKENS), EXAMPLE.head(0), EXAMPLE.tail(0));
        assertEquals("@PROTEIN$ interacts @PROTEIN$", String.join(" ", path.words(TOKENS)));
        assertEquals(PATH, path.tokens());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void synonymReplacementKeepsIt(double rate) {
        keepsThePath(new SynonymReplacement(), Map.of("lexicon", "{ use: fake }", "rate", rate, "skipStopWords", false, "keep", "[ { use: shortest-path } ]"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void randomSwapKeepsIt(double rate) {
        keepsThePath(new RandomSwap(), Map.of("rate", rate, "keep", "[ { use: shortest-path } ]"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void randomDeletionKeepsIt(double rate) {
        keepsThePath(new RandomDeletion(), Map.of("rate", rate, "keep", "[ { use: shortest-path } ]"));
    }

    @Test
    void withoutTheGuardTheVerbIsFairGame() {
        Augmenter swap = parts.create(new RandomSwap(), Map.of());
        boolean moved = false;
        for (int seed = 0; seed < 300; seed++) moved |= swap.augment(EXAMPLE, new Random(seed)).get(0).origin().get(6) != 6;
        assertTrue(moved);
    }

    private <C extends Record> void keepsThePath(ComponentProvider<Augmenter, C> operation, Map<String, ?> settings) {
        Augmenter augmenter = parts.create(operation, settings);
        Set<List<String>> texts = new HashSet<>();
        for (int seed = 0; seed < 500; seed++) {
            View view = augmenter.augment(EXAMPLE, new Random(seed)).get(0);
            List<String> tokens = view.passage().tokens();
            List<Integer> kept = view.origin().stream().filter(PATH::contains).toList();
            assertEquals(PATH, kept, () -> "seed: " + view);
            for (int i : PATH) assertEquals(TOKENS.get(i), tokens.get(view.origin().indexOf(i)));
            // by place: what comes before the verb still does
            assertTrue(tokens.indexOf("@PROTEIN$") < tokens.indexOf("interacts") && tokens.indexOf("interacts") < tokens.lastIndexOf("@PROTEIN$"));
            texts.add(tokens);
        }
        texts.remove(TOKENS);
        assertFalse(texts.isEmpty(), "it must change the rest");
    }
}
