package relata.runtime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Passage;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;
import relata.testkit.TestParts;

/** Parts for stages: small, but real. */
final class TinyParts {
    private TinyParts() {}

    /** No settings. */
    record None() {}

    /** All of them. */
    static TestParts all() {
        return TestParts.of(new Tiny(), new Means(), new Right(), new Worn(), new Twos(), new Pulls(), new Descends());
    }

    /** Writes a part as its name, and reads that back. */
    static Recipes recipes() {
        return recipes((kind, rendered) -> switch (kind) {
            case "encoder" -> all().ref(EncoderLoader.class, rendered);
            case "classifier" -> all().ref(Classifier.class, rendered);
            case "objective" -> all().ref(Objective.class, rendered);
            default -> throw new IllegalArgumentException(kind);
        });
    }

    /** The same. @param parts by kind and name */
    static Recipes recipes(BiFunction<String, String, Ref<?>> parts) {
        return new Recipes() {
            @Override
            public Recipe read(String source, String yaml, Map<String, String> overrides) {
                throw new IllegalArgumentException(source);
            }

            @Override
            public Ref<?> part(String kind, String name, Map<String, String> settings) {
                return parse(kind, name);
            }

            @Override
            public String render(Ref<?> ref) {
                return ref.name();
            }

            @Override
            public Ref<?> parse(String kind, String rendered) {
                return parts.apply(kind, rendered);
            }
        };
    }

    private static List<View> worn(Example example, RandomGenerator random) {
        Passage p = example.passage();
        BitSet kept = new BitSet();
        for (Entity entity : p.entities()) kept.or(entity.tokens());
        List<String> tokens = new ArrayList<>(p.tokens());
        for (int i = 0; i < tokens.size(); i++) if (!kept.get(i) && random.nextBoolean()) tokens.set(i, "heart");
        return List.of(new View(example, new Passage(p.id(), tokens, p.sentences(), p.entities(), p.facts()), View.of(example).origin()));
    }

    @ComponentName("tiny")
    @Doc("An encoder of word vectors")
    @Source("")
    static final class Tiny implements ComponentProvider<EncoderLoader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public EncoderLoader create(None config, Parts parts) {
            return TinyEncoder.LOADER;
        }
    }

    @ComponentName("means")
    @Doc("The nearest mean")
    @Source("")
    static final class Means implements ComponentProvider<Classifier, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Classifier create(None config, Parts parts) {
            return (embeddings, labels, random) -> EpisodesTest.means(embeddings, labels);
        }
    }

    @ComponentName("right")
    @Doc("Right answers")
    @Source("")
    static final class Right implements ComponentProvider<Metric, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Metric create(None config, Parts parts) {
            return predictions -> Map.of("right", (double) predictions.items().stream().filter(Prediction::right).count());
        }
    }

    @ComponentName("worn")
    @Doc("Some words outside the entities give way to another")
    @Source("")
    static final class Worn implements ComponentProvider<Augmenter, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Augmenter create(None config, Parts parts) {
            return TinyParts::worn;
        }
    }

    @ComponentName("twos")
    @Doc("Batches of two")
    @Source("")
    static final class Twos implements ComponentProvider<BatchSampler, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public BatchSampler create(None config, Parts parts) {
            return new TrainingTest.Pairs();
        }
    }

    @ComponentName("pull")
    @Doc("A linear head")
    @Source("")
    static final class Pulls implements ComponentProvider<Objective, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Objective create(None config, Parts parts) {
            return new TrainingTest.Pull(true, 1, false, new CopyOnWriteArrayList<>());
        }
    }

    @ComponentName("momentum")
    @Doc("Gradient descent with momentum")
    @Source("")
    static final class Descends implements ComponentProvider<Optimiser, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Optimiser create(None config, Parts parts) {
            return (engine, manager, parameters, steps) -> new TrainingTest.Momentum(() -> {}, manager, parameters);
        }
    }
}
