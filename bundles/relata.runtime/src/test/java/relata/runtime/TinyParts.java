package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import relata.api.learn.Collated;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.InferenceGraph;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
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
            return new Pairs();
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
            return new Pull(true, 1, false, new CopyOnWriteArrayList<>());
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
            return (engine, manager, parameters, steps) -> new Momentum(() -> {}, manager, parameters);
        }
    }

    /** Batches of two in shuffled order. */
    static final class Pairs implements BatchSampler {
        @Override
        public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < examples.size(); i++) order.add(random.nextInt(order.size() + 1), i);
            List<int[]> batches = new ArrayList<>();
            for (int i = 0; i + 1 < order.size(); i += 2) batches.add(new int[] {order.get(i), order.get(i + 1)});
            return batches.iterator();
        }

        @Override
        public int batches(List<Example> examples) {
            return examples.size() / 2;
        }
    }

    /** Squared distance of a linear head's first logit from 1 or -1, over batches in which it counts words at random. */
    record Pull(boolean classifies, float scale, boolean vector, List<String> prepared) implements Objective {
        @Override
        public Term open(Setting setting) {
            NDArray weight = setting.allocator().normal(0.3, setting.dimension(), 2);
            Parameters parameters = new Parameters().add("head", weight);
            return new Term() {
                @Override
                public Parameters parameters() {
                    return parameters;
                }

                @Override
                public Collated prepare(Collated batch, RandomGenerator random) {
                    Collated.Field counts = batch.field("counts");
                    long[] changed = counts.values().clone();
                    for (int i = 0; i < 5; i++) changed[random.nextInt(changed.length)]++;
                    prepared.add((batch.fields().containsKey("prepared") ? "later " : "first ") + Arrays.toString(changed));
                    return batch.with(Map.of("counts", new Collated.Field(changed, counts.shape()), "prepared", counts));
                }

                @Override
                public NDArray loss(Encoding encoding, Collated batch, Step step) {
                    float[] target = new float[batch.rows().size()];
                    for (int r = 0; r < target.length; r++) target[r] = batch.rows().get(r).relations().contains("yes") ? 1 : -1;
                    NDArray distances = encoding.relations().matMul(weight).get(":, 0").sub(step.manager().create(target)).square();
                    return vector ? distances : distances.mean().mul(scale);
                }

                @Override
                public Optional<NDArray> logits(Encoding encoding, Step step) {
                    return Optional.of(encoding.relations().matMul(weight));
                }

                @Override
                public Optional<String> draw(InferenceGraph graph, String relations) {
                    return Optional.of(graph.linear(relations, "head", TinyEncoder.turned(weight), new float[2]));
                }
            };
        }
    }

    /** Gradient descent with momentum: an optimiser whose state matters. */
    static final class Momentum implements Optimiser.Updates {
        private final Runnable told;
        private final Map<String, NDArray> parameters;
        private final Map<String, NDArray> velocity = new LinkedHashMap<>();

        /** @param told called at each update */
        Momentum(Runnable told, NDManager manager, Parameters parameters) {
            this.told = told;
            this.parameters = parameters.trainable();
            this.parameters.forEach((name, p) -> velocity.put(name, manager.zeros(p.getShape())));
        }

        @Override
        public Optimiser.Report apply() {
            told.run();
            parameters.forEach((name, p) -> {
                try (NDArray gradient = p.getGradient()) {
                    velocity.get(name).muli(0.9f).addi(gradient);
                    p.subi(velocity.get(name).mul(0.005f));
                    gradient.muli(0);
                }
            });
            return new Optimiser.Report(0.005, 0);
        }

        @Override
        public Map<String, NDArray> state() {
            return velocity;
        }

        @Override
        public void restore(Map<String, NDArray> state) {
            state.forEach((name, v) -> velocity.get(name).set(v.toByteBuffer()));
        }
    }
}
