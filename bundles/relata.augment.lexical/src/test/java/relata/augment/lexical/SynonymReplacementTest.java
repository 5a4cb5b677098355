package relata.augment.lexical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Augmenter;
import relata.api.view.View;
import relata.testkit.AugmenterContract;
import relata.testkit.FakeGuard;
import relata.testkit.FakeLexicon;
import relata.testkit.FakeParser;
import relata.testkit.TestParts;

class SynonymReplacementTest implements AugmenterContract<SynonymReplacement.Config> {
    @Override
    public ComponentProvider<Augmenter, SynonymReplacement.Config> provider() {
        return new SynonymReplacement();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new FakeLexicon(), new FakeGuard(), new FakeParser());
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("lexicon", "{ use: fake }", "keep", "[ { use: fake } ]", "rate", 0.3, "views", 2);
    }

    @Override
    public BitSet guarded(Example example) {
        return FakeGuard.guarded(example);
    }

    private Augmenter with(Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(settings);
        all.put("lexicon", "{ use: fake }");
        return parts().create(provider(), all);
    }

    /** Twenty tokens, one entity in the middle, the point at the end. */
    private static Example twenty() {
        List<String> tokens = List.of("w w w w w w w w w Entity w w w w w w w w w .".split(" "));
        return new Example("e", new Passage("e", tokens, List.of(0), List.of(Entity.of("e", "", 9, 10)), List.of()), List.of(new Pair(0, 0, List.of())));
    }

    private static TreeSet<Integer> replaced(View view) {
        TreeSet<Integer> replaced = new TreeSet<>();
        for (int i = 0; i < view.origin().size(); i++)
            if (!view.passage().tokens().get(i).equals(view.source().passage().tokens().get(view.origin().get(i)))) replaced.add(view.origin().get(i));
        return replaced;
    }

    @Test
    void replacesAShareOfAllTokensAndOneAtLeast() {
        Map<Double, Integer> expected = Map.of(0.0, 0, 0.01, 1, 0.05, 1, 0.1, 2, 0.149, 2, 0.5, 10, 1.0, 18);
        expected.forEach((rate, n) -> {
            for (int seed = 0; seed < 50; seed++)
                assertEquals(n, replaced(with(Map.of("rate", rate)).augment(twenty(), new Random(seed)).get(0)).size(), "rate " + rate);
        });
    }

    @Test
    void choosesPositionsNotWords() {
        // every word is the same, yet one alone changes, and in time each one does
        TreeSet<Integer> seen = new TreeSet<>();
        for (int seed = 0; seed < 500; seed++) {
            TreeSet<Integer> replaced = replaced(with(Map.of("rate", 0.05)).augment(twenty(), new Random(seed)).get(0));
            assertEquals(1, replaced.size());
            seen.addAll(replaced);
        }
        assertEquals(18, seen.size());
        assertFalse(seen.contains(9));
    }

    @Test
    void drawsAllSynonymsAlike() {
        int[] counts = new int[3];
        for (int seed = 0; seed < 3000; seed++) {
            List<String> tokens = with(Map.of("rate", 0.05)).augment(twenty(), new Random(seed)).get(0).passage().tokens();
            if (tokens.contains("pseudo")) counts[0]++;
            if (tokens.contains("w-any")) counts[1]++;
            if (tokens.contains("wish")) counts[2]++;
        }
        assertEquals(3000, counts[0] + counts[1] + counts[2]);
        // five standard deviations
        for (int count : counts) assertEquals(1000, count, 130);
    }

    @Test
    void makesSeveralTokensOfASynonymOfSeveralWords() {
        Example example = twenty();
        for (int seed = 0; seed < 200; seed++) {
            View view = with(Map.of("rate", 0.05)).augment(example, new Random(seed)).get(0);
            int at = view.passage().tokens().indexOf("pseudo");
            if (at < 0) continue;
            assertEquals(21, view.passage().tokens().size());
            assertEquals("w", view.passage().tokens().get(at + 1));
            assertEquals(List.of(at, at), view.origin().subList(at, at + 2));
            assertEquals(Mention.of(at < 9 ? 10 : 9, at < 9 ? 11 : 10), view.passage().entities().get(0).mentions().get(0));
            BitSet changed = new BitSet();
            changed.set(at, at + 2);
            assertEquals(changed, view.changed());
            return;
        }
        throw new AssertionError("no seed drew a synonym of two words");
    }

    @Test
    void leavesFunctionWordsUnlessToldTo() {
        List<String> tokens = List.of("He was In THE house of X".split(" "));
        Example example = new Example("e", new Passage("e", tokens, List.of(0), List.of(Entity.of("x", "", 6, 7)), List.of()), List.of(new Pair(0, 0, List.of())));
        for (int seed = 0; seed < 50; seed++) {
            assertEquals(new TreeSet<>(List.of(4)), replaced(with(Map.of("rate", 1)).augment(example, new Random(seed)).get(0)));
            assertEquals(new TreeSet<>(List.of(0, 1, 2, 3, 4, 5)), replaced(with(Map.of("rate", 1, "skipStopWords", false)).augment(example, new Random(seed)).get(0)));
        }
    }

    @Test
    void asksForTheWordsOwnClassIfToldTo() {
        List<String> tokens = List.of("bakers bake bread . X".split(" "));
        Example example = new Example("e", new Passage("e", tokens, List.of(0), List.of(Entity.of("x", "", 4, 5)), List.of()), List.of(new Pair(0, 0, List.of())));
        TreeSet<String> words = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++)
            words.addAll(with(Map.of("rate", 1, "samePos", true, "tagger", "{ use: fake }")).augment(example, new Random(seed)).get(0).passage().tokens());
        assertTrue(words.containsAll(List.of("bakers-verb", "bake-noun", "bread-noun")), words.toString());
        assertFalse(words.contains("bread-any") || words.contains("bread-verb"), words.toString());
        Exception e = assertThrows(IllegalArgumentException.class, () -> with(Map.of("samePos", true)));
        assertTrue(e.getMessage().contains("tagger"), e.getMessage());
    }
}
