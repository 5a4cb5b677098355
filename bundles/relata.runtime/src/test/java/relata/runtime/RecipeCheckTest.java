package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Metric;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.Stage;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;

/** What would come to light only in the middle of a run is told before it. */
class RecipeCheckTest {
    private static final Train.Judging EPISODES = new Train.Judging(2, 1, 1, 10, ref(Classifier.class, "means"));

    record None() {}

    private static <T> Ref<T> ref(Class<T> kind, String name) {
        return new Ref<>(kind, name, new None());
    }

    /** Parts that say of themselves what a check asks, and can do nothing. */
    private static final Parts PARTS = new Parts() {
        @Override
        public <T> T create(Ref<T> ref) {
            return ref.kind().cast(switch (ref.name()) {
                case "blanks" -> new Blanks();
                case "same" -> (Augmenter) (example, random) -> List.of(View.of(example));
                case "pieces", "words" -> new Loader(ref.name().equals("words"));
                case "classifies", "contrasts" -> new Goal(ref.name().equals("classifies"));
                case "right" -> (Metric) predictions -> Map.of("right", (double) predictions.items().size());
                default -> throw new IllegalArgumentException(ref.name());
            });
        }

        @Override
        public Path cache() {
            return Path.of("");
        }
    };

    private record Blanks() implements Augmenter {
        @Override
        public List<View> augment(Example example, RandomGenerator random) {
            throw new AssertionError("a check augments nothing");
        }

        @Override
        public Set<String> symbols() {
            return Set.of("[GAP]");
        }
    }

    private record Loader(boolean whole) implements EncoderLoader {
        @Override
        public Encoder load(Engine engine, NDManager manager, Optional<Path> from) {
            throw new AssertionError("a check loads nothing");
        }

        @Override
        public boolean keepsWhole(String symbol) {
            return whole;
        }
    }

    private record Goal(boolean classifies) implements Objective {
        @Override
        public Term open(Setting setting) {
            throw new AssertionError("a check opens nothing");
        }
    }

    private static Corpus corpus() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Passage passage = new Passage("p" + i, List.of("a", "and", "b"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
            examples.add(new Example("e" + i, passage, List.of(new Pair(0, 1, List.of(i % 2 == 0 ? "yes" : "no")))));
        }
        return new Corpus("small", new TreeMap<>(Map.of("train", examples, "dev", examples)), List.of("no", "yes"), Optional.empty(), new TreeMap<>());
    }

    private static Ref<Stage> train(String view, String objective, Train.Best best) {
        return new Ref<>(Stage.class, "train", new Train.Config(
                Optional.empty(), "train", 1, Optional.empty(), List.of(ref(Augmenter.class, "same"), ref(Augmenter.class, view)), false, ref(BatchSampler.class, "pairs"), List.of(ref(Objective.class, objective)),
                List.of(), ref(Optimiser.class, "none"), 1, 1, 0, Optional.of(best), 60, Optional.empty()));
    }

    private static Train.Best best(String number, Optional<Train.Judging> episodes) {
        return new Train.Best("dev", ref(Metric.class, "right"), number, episodes);
    }

    /** The mistakes of a recipe of these stages, as {@code path: message}. */
    private static List<String> mistakes(String encoder, Map<String, Ref<Stage>> stages) {
        Recipe recipe = new Recipe("small", "", List.of(), 1, ref(CorpusReader.class, "small"), ref(EncoderLoader.class, encoder), stages, "recipe: small\n");
        try {
            RecipeCheck.check(recipe, stage -> Optional.of(corpus()), PARTS);
            return List.of();
        } catch (RecipeException e) {
            return e.mistakes().stream().map(m -> m.path() + ": " + m.message()).toList();
        }
    }

    @Test
    void whatIsWrongWithBestIsToldBeforeTheFirstEpoch() {
        assertEquals(List.of(), mistakes("pieces", Map.of("t", train("same", "classifies", best("right", Optional.empty())))));
        assertEquals(List.of(), mistakes("pieces", Map.of("t", train("same", "contrasts", best("right", Optional.of(EPISODES))))));
        assertEquals(
                List.of("stages.t.with.best: 'best' needs an objective that classifies, e.g. cross-entropy; without one it can judge by few-shot episodes: best: { split: dev, episodes: {} }"),
                mistakes("pieces", Map.of("t", train("same", "contrasts", best("right", Optional.empty())))));
        assertEquals(List.of("stages.t.with.best: metric 'right' gives no 'rihgt'; it gives: right"), mistakes("pieces", Map.of("t", train("same", "classifies", best("rihgt", Optional.empty())))));
        Train.Judging many = new Train.Judging(2, 3, 1, 10, ref(Classifier.class, "means"));
        assertEquals(
                List.of("stages.t.with.best: 2-way 3-shot with 1 query for each relation needs 2 relations of at least 4 instances, but there is none"),
                mistakes("pieces", Map.of("t", train("same", "contrasts", best("right", Optional.of(many))))));
    }

    @Test
    void aBlankThatTheEncoderWouldSplitIsRefused() {
        Map<String, Ref<Stage>> stages = Map.of("t", train("blanks", "classifies", best("right", Optional.empty())));
        assertEquals(List.of(), mistakes("words", stages));
        assertEquals(
                List.of("stages.t.with.views[1]: augmenter 'blanks' puts '[GAP]' in the place of words, which the recipe's encoder 'pieces' would split into pieces: add it to the encoder's symbols, e.g. symbols: ['[GAP]']."),
                mistakes("pieces", stages));
    }

    @Test
    void stagesOfAColumnAnswerATaskOnce() {
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        for (Map.Entry<String, List<FewShot.Task>> stage : Map.of("one", List.of(new FewShot.Task(2, 1), new FewShot.Task(2, 2)), "two", List.of(new FewShot.Task(2, 2))).entrySet())
            stages.put(stage.getKey(), new Ref<>(Stage.class, "few-shot", new FewShot.Config(
                    Optional.empty(), "dev", Optional.empty(), Optional.empty(), ref(Classifier.class, "means"), stage.getValue(), 1, 0, Optional.empty(), 10, Optional.empty())));
        stages.put("apart", new Ref<>(Stage.class, "report", new Report.Config(Map.of("a", List.of("one"), "b", List.of("two")), ref(Metric.class, "right"), "right", 0)));
        assertEquals(List.of(), mistakes("pieces", stages));
        stages.put("report", new Ref<>(Stage.class, "report", new Report.Config(Map.of("both", List.of("one", "two")), ref(Metric.class, "right"), "right", 0)));
        assertEquals(List.of("stages.report.with.columns.both: stages 'one' and 'two' both answer 2-way 2-shot: show them in columns of their own."), mistakes("pieces", stages));
    }
}
