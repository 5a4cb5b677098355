package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.api.view.Augmenter;
import relata.api.view.View;

/**
 * What holds for every augmenter: entities stay and their mentions follow, origins tell where tokens come from, guarded tokens stay, and the
 * generator decides all. {@link TestParts} with {@link FakeLexicon}, {@link FakeParser} and {@link FakeGuard} serve augmenters that refer to others.
 *
 * @param <C> the record of its settings
 */
public interface AugmenterContract<C extends Record> extends ProviderContract<Augmenter, C> {
    /** Seeds that each example is tried with. */
    int SEEDS = 40;

    /** Tokens that the part must keep beside the entities' own: what the guards in {@link #settings()} name. None unless overridden. */
    default BitSet guarded(Example example) {
        return new BitSet();
    }

    /** False for an augmenter that never changes anything. */
    default boolean changes() {
        return true;
    }

    /**
     * False for an augmenter whose purpose is to change the words of entities, by blanks or type names. There must still be as many mentions, each
     * made of tokens that come from it; but one token may stand for several.
     */
    default boolean keepsEntityWords() {
        return true;
    }

    /** What it is tried on. The first is a sentence of some length; among the others are a single token, tokens all guarded, several pairs, mentions and sentences, a discontinuous mention. */
    default List<Example> examples() {
        List<String> sentence = List.of("The old baker Anna Berg often lends her large bread knife to Tomas , who always returns it clean .".split(" "));
        List<Entity> people = List.of(Entity.of("anna", "PERSON", 3, 5), Entity.of("tomas", "PERSON", 12, 13));
        List<String> document = List.of(("Anna mixes rye and wheat flour . Tomas carries them home . "
                + "Nobody knows why Anna likes rye bread so much .").split(" "));
        List<Entity> many = List.of(
                new Entity("anna", "PERSON", List.of(Mention.of(0, 1), Mention.of(15, 16))),
                new Entity("rye-flour", "FOOD", List.of(new Mention(List.of(new Span(2, 3), new Span(5, 6))), Mention.of(9, 10))),
                Entity.of("wheat-flour", "FOOD", 4, 6),
                Entity.of("tomas", "PERSON", 7, 8));
        List<Pair> pairs = List.of(new Pair(0, 1, List.of("uses")), new Pair(3, 1, List.of("carries", "owns")), new Pair(3, 0, List.of()));
        Entity all = new Entity("all", "", List.of(Mention.of(0, 3)));
        return List.of(
                example("sentence", sentence, List.of(0), people, List.of(new Fact(0, 1, "lends-to")), List.of(new Pair(0, 1, List.of("lends-to")))),
                example("document", document, List.of(0, 7, 12), many, List.of(new Fact(0, 1, "uses"), new Fact(3, 1, "carries")), pairs),
                example("unknown-sentences", document, List.of(), many, List.of(), pairs),
                example("one-token", List.of("Anna"), List.of(0), List.of(Entity.of("anna", "", 0, 1)), List.of(), List.of(new Pair(0, 0, List.of()))),
                example("all-guarded", List.of("Anna", "Berg", "Lind"), List.of(0), List.of(all, Entity.of("berg", "", 1, 2)), List.of(), List.of(new Pair(0, 1, List.of()))),
                example("one-free", List.of("Anna", "met", "Tomas"), List.of(0), List.of(Entity.of("a", "", 0, 1), Entity.of("t", "", 2, 3)), List.of(), List.of(new Pair(1, 0, List.of("met")))));
    }

    @Test
    default void isDeterministicPerSeed() {
        Augmenter one = part();
        Augmenter other = part();
        Smallest.example().all(examples(), example -> {
            for (int seed = 0; seed < SEEDS; seed++) {
                List<View> views = one.augment(example, new Random(seed));
                assertEquals(views, one.augment(example, new Random(seed)), "the same part, example and seed must give the same views");
                assertEquals(views, other.augment(example, new Random(seed)), "a part made alike must give the same views from the same seed");
            }
        });
    }

    @Test
    default void isTheSameInSeveralThreads() throws InterruptedException {
        Augmenter part = part();
        List<List<View>> expected = draws(part);
        for (List<List<View>> views : Together.results(thread -> draws(part))) assertEquals(expected, views, "views of several threads must not mix");
    }

    @Test
    default void makesOneViewAtLeast() {
        Smallest.example().all(examples(), example -> {
            for (int seed = 0; seed < SEEDS; seed++) assertFalse(part().augment(example, new Random(seed)).isEmpty(), "there is always a view");
        });
    }

    @Test
    default void leavesTheSourceAlone() {
        List<Example> before = examples();
        views((example, view) -> assertSame(example, view.source(), "a view's source is the very example it was made from"));
        assertEquals(before, examples());
    }

    @Test
    default void changesThingsByChance() {
        Set<List<String>> words = new HashSet<>();
        views((example, view) -> {
            if (!changes()) assertEquals(View.of(example), view, "nothing may change");
            if (example.equals(examples().get(0))) words.add(view.passage().tokens());
        });
        if (changes()) assertTrue(words.size() > 1, "among " + SEEDS + " seeds there must be different views, but all were " + words);
    }

    @Test
    default void originsAreValid() {
        views((example, view) -> {
            for (int origin : view.origin())
                assertTrue(origin >= -1 && origin < example.passage().tokens().size(), () -> "origin " + origin + " is no token of " + example.passage().tokens());
        });
    }

    @Test
    default void keepsEntitiesInOrder() {
        views((example, view) -> {
            List<Entity> before = example.passage().entities();
            List<Entity> after = view.passage().entities();
            assertEquals(before.stream().map(Entity::id).toList(), after.stream().map(Entity::id).toList());
            assertEquals(before.stream().map(Entity::type).toList(), after.stream().map(Entity::type).toList());
            assertEquals(before.stream().map(e -> e.mentions().size()).toList(), after.stream().map(e -> e.mentions().size()).toList(), "mentions must stay");
            assertEquals(example.passage().facts(), view.passage().facts());
        });
    }

    @Test
    default void mentionsFollowTheirTokens() {
        views((example, view) -> {
            for (int e = 0; e < view.passage().entities().size(); e++)
                for (int m = 0; m < view.passage().entities().get(e).mentions().size(); m++) {
                    Mention before = example.passage().entities().get(e).mentions().get(m);
                    Mention after = view.passage().entities().get(e).mentions().get(m);
                    BitSet origins = new BitSet();
                    after.tokens().stream().map(view.origin()::get).filter(o -> o >= 0).forEach(origins::set);
                    BitSet found = (BitSet) origins.clone();
                    if (!keepsEntityWords()) {
                        found.or(before.tokens());
                        assertFalse(origins.isEmpty(), () -> "nothing of a mention comes from it: " + before + " became " + after + " in " + view);
                    }
                    assertEquals(before.tokens(), found, () -> "a mention's tokens must come from the mention: " + before + " became " + after + " in " + view);
                    if (keepsEntityWords()) assertEquals(words(example.passage(), before), words(view.passage(), after), () -> "a mention's words must stay: " + view);
                }
        });
    }

    @Test
    default void keepsGuardedTokensInFormAndOrder() {
        views((example, view) -> {
            BitSet kept = guarded(example);
            if (keepsEntityWords()) example.passage().entities().forEach(e -> kept.or(e.tokens()));
            List<Integer> expected = kept.stream().boxed().toList();
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < view.origin().size(); i++) {
                int origin = view.origin().get(i);
                if (origin < 0 || !kept.get(origin)) continue;
                found.add(origin);
                assertEquals(example.passage().tokens().get(origin), view.passage().tokens().get(i), () -> "a kept token must keep its form: " + view);
            }
            assertEquals(expected, found, () -> "kept tokens must all be there, once, in their order: " + view);
        });
    }

    @Test
    default void tokensAtTheirOldPlaceAreTheOldOnes() {
        views((example, view) -> {
            List<String> old = example.passage().tokens();
            BitSet changed = view.changed();
            List<String> unchanged = new ArrayList<>();
            for (int i = 0; i < view.origin().size(); i++) if (!changed.get(i)) unchanged.add(view.passage().tokens().get(i));
            int at = 0;
            for (String word : old) if (at < unchanged.size() && unchanged.get(at).equals(word)) at++;
            assertEquals(unchanged.size(), at, () -> "what the origins call unchanged must stand in the source, in this order: " + unchanged + " in " + old);
            // a moved or replaced word is no new one: words of the source that stand elsewhere must name where they come from
            for (int i = 0; i < view.origin().size(); i++)
                if (view.origin().get(i) < 0)
                    assertFalse(old.size() == view.origin().size() && old.get(i).equals(view.passage().tokens().get(i)), "token " + i + " is not new, but its origin is -1: " + view);
        });
    }

    @Test
    default void sentencesStayValid() {
        views((example, view) -> {
            List<Integer> starts = view.passage().sentences();
            assertEquals(example.passage().sentences().isEmpty(), starts.isEmpty(), "sentences are known as before");
            assertTrue(starts.size() <= example.passage().sentences().size(), "no sentence more than before");
            for (int s = 0; s < starts.size(); s++) {
                int start = starts.get(s);
                assertTrue(s == 0 ? start == 0 : start > starts.get(s - 1), () -> "sentence starts must ascend from 0: " + starts);
                assertTrue(start < view.passage().tokens().size(), () -> "a sentence starts behind the text: " + starts);
            }
            boolean inOrder = IntStream.range(1, view.origin().size()).allMatch(i -> view.origin().get(i) >= view.origin().get(i - 1));
            // while tokens keep their order, a boundary between two tokens that were in different sentences is a boundary still, and the other way round
            for (int i = 1; inOrder && !starts.isEmpty() && view.origin().get(0) >= 0 && i < view.origin().size(); i++)
                assertEquals(sentence(example, view.origin().get(i)) != sentence(example, view.origin().get(i - 1)), starts.contains(i), "sentence boundary before token " + i + ": " + view);
        });
    }

    /** Something that must hold for an example and each of its views. */
    @FunctionalInterface
    interface Check {
        /** Asserts it. */
        void check(Example example, View view);
    }

    private void views(Check check) {
        Augmenter part = part();
        Smallest.example().all(examples(), example -> {
            for (int seed = 0; seed < SEEDS; seed++) for (View view : part.augment(example, new Random(seed))) check.check(example, view);
        });
    }

    private List<List<View>> draws(Augmenter part) {
        return IntStream.range(0, SEEDS).mapToObj(seed -> part.augment(examples().get(0), new Random(seed))).toList();
    }

    private static int sentence(Example example, int token) {
        return (int) example.passage().sentences().stream().filter(start -> start <= token).count();
    }

    private static List<String> words(Passage passage, Mention mention) {
        return mention.tokens().stream().mapToObj(passage.tokens()::get).toList();
    }

    private static Example example(String id, List<String> tokens, List<Integer> sentences, List<Entity> entities, List<Fact> facts, List<Pair> pairs) {
        return new Example(id, new Passage(id, tokens, sentences, entities, facts), pairs);
    }
}
