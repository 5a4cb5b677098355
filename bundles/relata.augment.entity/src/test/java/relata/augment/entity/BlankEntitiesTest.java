package relata.augment.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.api.view.Augmenter;
import relata.api.view.View;
import relata.testkit.AugmenterContract;
import relata.testkit.TestParts;

class BlankEntitiesTest implements AugmenterContract<BlankEntities.Config> {
    @Override
    public ComponentProvider<Augmenter, BlankEntities.Config> provider() {
        return new BlankEntities();
    }

    @Override
    public boolean keepsEntityWords() {
        return false;
    }

    private static View view(Map<String, ?> with, Example example, long seed) {
        List<View> views = TestParts.of().create(new BlankEntities(), with).augment(example, new SplittableRandom(seed));
        assertEquals(1, views.size());
        return views.get(0);
    }

    private static String text(Map<String, ?> with, Example example) {
        return String.join(" ", view(with, example, 1).passage().tokens());
    }

    private static Example example(String id, String text, List<Entity> entities, Pair... pairs) {
        return new Example(id, new Passage(id, List.of(text.split(" ")), List.of(0), entities, List.of()), List.of(pairs));
    }

    private static Example sentence(String id) {
        return example(id, "Anna Berg met Tomas in Oslo .", List.of(Entity.of("a", "", 0, 2), Entity.of("t", "", 3, 4), Entity.of("o", "", 5, 6)), new Pair(1, 0, List.of()));
    }

    @Test
    void saysWhatItPutsInThePlaceOfNames() {
        assertEquals(Set.of("[H]", "[T]"), TestParts.of().create(new BlankEntities(), Map.of("head", "[H]", "tail", "[T]")).symbols());
    }

    @Test
    void eachMentionBecomesOneSymbol() {
        assertEquals("[BLANK] met [BLANK] in Oslo .", text(Map.of("rate", 1), sentence("x")));
        assertEquals("[TAIL] met [HEAD] in Oslo .", text(Map.of("rate", 1, "head", "[HEAD]", "tail", "[TAIL]"), sentence("x")));
        assertEquals("Anna Berg met Tomas in Oslo .", text(Map.of("rate", 0), sentence("x")));
        assertEquals(List.of(0, 2, 3, 4, 5, 6), view(Map.of("rate", 1), sentence("x"), 1).origin());
    }

    @Test
    void allMentionsOfAnEntityShareItsFate() {
        Example twice = example("x", "Anna met Tomas . Anna left .",
                List.of(new Entity("a", "", List.of(Mention.of(0, 1), Mention.of(4, 5))), Entity.of("t", "", 2, 3)), new Pair(0, 1, List.of()));
        Map<String, Integer> texts = new TreeMap<>();
        for (int seed = 0; seed < 2000; seed++) texts.merge(String.join(" ", view(Map.of(), twice, seed).passage().tokens()), 1, Integer::sum);
        assertEquals(List.of("Anna met Tomas . Anna left .", "Anna met [BLANK] . Anna left .", "[BLANK] met Tomas . [BLANK] left .", "[BLANK] met [BLANK] . [BLANK] left ."), List.copyOf(texts.keySet()));
        // 2000 draws of a probability p vary by less than 5 deviations, 5 √(p (1-p) 2000)
        assertEquals(0.49 * 2000, texts.get("[BLANK] met [BLANK] . [BLANK] left ."), 112);
        assertEquals(0.21 * 2000, texts.get("[BLANK] met Tomas . [BLANK] left ."), 92);
        assertEquals(0.21 * 2000, texts.get("Anna met [BLANK] . Anna left ."), 92);
    }

    @Test
    void whatIsHeadAndTailIsAHead() {
        Example chain = example("x", "A met B near C", List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3), Entity.of("c", "", 4, 5)), new Pair(0, 1, List.of()), new Pair(1, 2, List.of()));
        assertEquals("[H] met [H] near [T]", text(Map.of("rate", 1, "head", "[H]", "tail", "[T]"), chain));
    }

    @Test
    void aNameInPiecesIsOneSymbolAndNoneOfItsWordsStays() {
        Example torn = example("x", "rye and dark flour from Oslo", List.of(new Entity("r", "", List.of(new Mention(List.of(new Span(0, 1), new Span(3, 4))))), Entity.of("o", "", 5, 6)), new Pair(0, 1, List.of()));
        assertEquals("[BLANK] and dark from [BLANK]", text(Map.of("rate", 1), torn));
    }

    @Test
    void whatOverlapsStays() {
        Example nested = example("x", "Bank of Oslo met Tomas", List.of(Entity.of("b", "", 0, 3), Entity.of("o", "", 2, 3), Entity.of("t", "", 4, 5)), new Pair(0, 2, List.of()));
        assertEquals("Bank of Oslo met [BLANK]", text(Map.of("rate", 1), nested));
    }

    @Test
    void onceDependsOnExampleAndSeedAlone() {
        Map<String, ?> once = Map.of("once", true, "seed", 7);
        Map<String, Integer> texts = new TreeMap<>();
        int other = 0;
        for (int i = 0; i < 2000; i++) {
            Example example = sentence("sentence " + i);
            View view = view(once, example, i);
            assertEquals(view, view(once, example, i + 1), "another generator, another part, the same view");
            texts.merge(String.join(" ", view.passage().tokens()), 1, Integer::sum);
            if (!view.equals(view(Map.of("once", true, "seed", 8), example, i))) other++;
        }
        assertEquals(4, texts.size());
        assertEquals(0.49 * 2000, texts.get("[BLANK] met [BLANK] in Oslo ."), 112);
        // two draws agree on head and tail with probability (0.49 + 0.09)², the rest differ
        assertEquals((1 - 0.58 * 0.58) * 2000, other, 106);
    }

    @Test
    void aSymbolIsOneWord() {
        for (String symbol : List.of("", "a blank"))
            assertThrows(RuntimeException.class, () -> view(Map.of("head", symbol), sentence("x"), 1));
    }
}
