package relata.testkit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.api.view.Augmenter;
import relata.api.view.View;

/** Augmenters that are wrong on purpose, each caught by the test named for it. */
class AugmenterContractTest {
    /** Drops a third of the tokens that are neither an entity's nor the fake guard's: right. */
    @ComponentName("right")
    @Doc("Drops a third")
    @Source("")
    static final class Right implements ComponentProvider<Augmenter, FakeGuard.Config> {
        @Override
        public Class<FakeGuard.Config> configType() {
            return FakeGuard.Config.class;
        }

        @Override
        public Augmenter create(FakeGuard.Config config, Parts parts) {
            return (example, random) -> List.of(view(example, kept(example, FakeGuard.guarded(example), random)));
        }
    }

    /** The contract of an augmenter, wrong or right. */
    record Case(Augmenter augmenter, boolean changes) implements AugmenterContract<FakeGuard.Config> {
        @Override
        public ComponentProvider<Augmenter, FakeGuard.Config> provider() {
            return new Right();
        }

        @Override
        public Augmenter part() {
            return augmenter;
        }

        @Override
        public BitSet guarded(Example example) {
            return FakeGuard.guarded(example);
        }
    }

    /** An augmenter that changes the words of entities. */
    record Blanking(Augmenter augmenter) implements AugmenterContract<FakeGuard.Config> {
        @Override
        public ComponentProvider<Augmenter, FakeGuard.Config> provider() {
            return new Right();
        }

        @Override
        public Augmenter part() {
            return augmenter;
        }

        @Override
        public boolean keepsEntityWords() {
            return false;
        }
    }

    /** The first entity's first mention, if nothing overlaps it, is one word in the place of all. */
    private static View blanked(Example example, RandomGenerator random) {
        Span span = example.passage().entities().get(0).mentions().get(0).spans().get(0);
        if (example.id().equals("all-guarded")) return View.of(example);
        List<Integer> origin = IntStream.range(0, example.passage().tokens().size()).filter(i -> i <= span.start() || i >= span.end()).boxed().toList();
        View view = view(example, origin, s -> s.equals(span) ? new Span(s.start(), s.start() + 1) : new Span(origin.indexOf(s.start()), origin.indexOf(s.end() - 1) + 1));
        List<String> tokens = new ArrayList<>(view.passage().tokens());
        tokens.set(span.start(), "person-" + random.nextInt(1000));
        return with(view, tokens, view.passage().sentences(), view.passage().entities(), origin);
    }

    private static List<Integer> kept(Example example, BitSet guarded, RandomGenerator random) {
        example.passage().entities().forEach(e -> guarded.or(e.tokens()));
        return IntStream.range(0, example.passage().tokens().size()).filter(i -> random.nextInt(3) > 0 || guarded.get(i)).boxed().toList();
    }

    private static View view(Example example, List<Integer> origin) {
        return view(example, origin, s -> new Span(origin.indexOf(s.start()), origin.indexOf(s.end() - 1) + 1));
    }

    private static View view(Example example, List<Integer> origin, UnaryOperator<Span> moved) {
        Passage old = example.passage();
        List<Integer> starts = old.sentences().stream().map(s -> (int) origin.stream().filter(o -> o < s).count()).distinct().filter(s -> s < origin.size()).toList();
        return new View(example, new Passage(old.id(), origin.stream().map(old.tokens()::get).toList(), starts, entities(old, moved), old.facts()), origin);
    }

    private static List<Entity> entities(Passage passage, Function<Span, Span> move) {
        return passage.entities().stream().map(e -> new Entity(e.id(), e.type(), e.mentions().stream().map(m -> new Mention(m.spans().stream().map(move).toList())).toList())).toList();
    }

    /** A wrong augmenter, made from a right view. */
    private static Augmenter wrong(Function<View, View> change) {
        return (example, random) -> List.of(change.apply(view(example, kept(example, FakeGuard.guarded(example), random))));
    }

    private static View with(View view, List<String> tokens, List<Integer> sentences, List<Entity> entities, List<Integer> origin) {
        return new View(view.source(), new Passage(view.passage().id(), tokens, sentences, entities, view.passage().facts()), origin);
    }

    private static void assertCaught(Augmenter wrong, String... tests) {
        Mutants.assertCaught(new Case(wrong, true), tests);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(AugmenterContract.class);
    }

    @Test
    void aRightAugmenterPasses() {
        Mutants.assertPasses(new Case(new Right().create(new FakeGuard.Config(), TestParts.of()), true));
        Mutants.assertPasses(new Case((example, random) -> List.of(View.of(example), View.of(example)), false));
    }

    @Test
    void anAugmenterThatForgetsTheSeedIsCaught() {
        AtomicInteger calls = new AtomicInteger();
        assertCaught((example, random) -> List.of(view(example, kept(example, FakeGuard.guarded(example), new Random(calls.incrementAndGet())))), "isDeterministicPerSeed");
    }

    @Test
    void anAugmenterThatMixesUpThreadsIsCaught() {
        Thread main = Thread.currentThread();
        assertCaught((example, random) -> List.of(Thread.currentThread() == main ? view(example, kept(example, FakeGuard.guarded(example), random)) : View.of(example)), "isTheSameInSeveralThreads");
    }

    @Test
    void anAugmenterWithoutViewsIsCaught() {
        assertCaught((example, random) -> List.of(), "makesOneViewAtLeast");
    }

    @Test
    void anAugmenterThatNeverChangesAnythingIsCaught() {
        assertCaught((example, random) -> List.of(View.of(example)), "changesThingsByChance");
        Mutants.assertCaught(new Case(wrong(v -> v), false), "changesThingsByChance");
    }

    @Test
    void anotherSourceIsCaught() {
        assertCaught(wrong(v -> new View(new Example(v.source().id(), v.source().passage(), v.source().pairs()), v.passage(), v.origin())), "leavesTheSourceAlone");
    }

    @Test
    void anAugmenterThatIgnoresItsGuardIsCaught() {
        assertCaught((example, random) -> List.of(view(example, kept(example, new BitSet(), random))), "keepsGuardedTokensInFormAndOrder");
    }

    @Test
    void changedEntityWordsAreCaught() {
        assertCaught(wrong(v -> {
            List<String> tokens = new ArrayList<>(v.passage().tokens());
            tokens.set(v.passage().entities().get(0).mentions().get(0).start(), "someone");
            return with(v, tokens, v.passage().sentences(), v.passage().entities(), v.origin());
        }), "mentionsFollowTheirTokens", "keepsGuardedTokensInFormAndOrder");
    }

    @Test
    void oneWordInThePlaceOfANamePassesWhereNamesMayChange() {
        Mutants.assertPasses(new Blanking((example, random) -> List.of(blanked(example, random))));
        assertCaught((example, random) -> List.of(blanked(example, random)), "mentionsFollowTheirTokens");
    }

    @Test
    void aBlankThatComesFromElsewhereIsCaught() {
        for (int from : new int[] {-1, 11})
            Mutants.assertCaught(new Blanking((example, random) -> {
                View view = blanked(example, random);
                List<Integer> origin = new ArrayList<>(view.origin());
                if (example.id().equals("sentence")) origin.set(example.passage().entities().get(0).mentions().get(0).start(), from);
                return List.of(with(view, view.passage().tokens(), view.passage().sentences(), view.passage().entities(), origin));
            }), "mentionsFollowTheirTokens");
    }

    @Test
    void swappedGuardedTokensAreCaught() {
        assertCaught((example, random) -> {
            List<Integer> origin = new ArrayList<>(IntStream.range(0, example.passage().tokens().size()).boxed().toList());
            if (origin.size() > 9) Collections.swap(origin, 6, 9);
            return List.of(view(example, origin));
        }, "keepsGuardedTokensInFormAndOrder");
    }

    @Test
    void mentionsLeftBehindAreCaught() {
        assertCaught(wrong(v -> with(v, v.passage().tokens(), v.passage().sentences(), entities(v.source().passage(), s -> {
            int end = Math.min(s.end(), v.passage().tokens().size());
            return new Span(Math.min(s.start(), end - 1), end);
        }), v.origin())), "mentionsFollowTheirTokens");
    }

    @Test
    void lostMentionsAreCaught() {
        assertCaught(wrong(v -> with(v, v.passage().tokens(), v.passage().sentences(),
                v.passage().entities().stream().map(e -> new Entity(e.id(), e.type(), e.mentions().subList(0, 1))).toList(), v.origin())), "keepsEntitiesInOrder");
    }

    @Test
    void entitiesInAnotherOrderAreCaught() {
        assertCaught(wrong(v -> {
            List<Entity> entities = new ArrayList<>(v.passage().entities());
            Collections.reverse(entities);
            return with(v, v.passage().tokens(), v.passage().sentences(), entities, v.origin());
        }), "keepsEntitiesInOrder");
    }

    @Test
    void originsThatOnlyCountAreCaught() {
        assertCaught(wrong(v -> with(v, v.passage().tokens(), v.passage().sentences(), v.passage().entities(),
                IntStream.range(0, v.origin().size()).boxed().toList())), "mentionsFollowTheirTokens");
    }

    @Test
    void originsBehindTheTextAreCaught() {
        assertCaught(wrong(v -> with(v, v.passage().tokens(), v.passage().sentences(), v.passage().entities(),
                v.origin().stream().map(o -> o + 1).toList())), "originsAreValid", "mentionsFollowTheirTokens");
    }

    @Test
    void forgottenOriginsAreCaught() {
        assertCaught((example, random) -> {
            View view = View.of(example);
            return List.of(with(view, view.passage().tokens(), view.passage().sentences(), view.passage().entities(), Collections.nCopies(view.origin().size(), -1)));
        }, "tokensAtTheirOldPlaceAreTheOldOnes", "keepsGuardedTokensInFormAndOrder");
    }

    @Test
    void sentencesLeftBehindAreCaught() {
        assertCaught(wrong(v -> with(v, v.passage().tokens(), v.source().passage().sentences(), v.passage().entities(), v.origin())), "sentencesStayValid");
        assertCaught(wrong(v -> with(v, v.passage().tokens(), List.of(), v.passage().entities(), v.origin())), "sentencesStayValid");
    }
}
