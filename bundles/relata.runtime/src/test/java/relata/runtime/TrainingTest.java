package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import relata.api.evaluate.Prediction;
import relata.api.evaluate.RelationEncoder;
import relata.api.learn.Collated;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.InferenceGraph;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.run.StageContext;
import relata.api.run.TrainedModel;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;
import relata.testkit.TestEngine;

class TrainingTest {
    record None() {}

    private static final String[] WORDS = {"acid", "binds", "cell", "drug", "enzyme", "fat", "gene", "heart"};
    private final Engine engine = TestEngine.engine();

    @Test
    void anInterruptedTrainingEndsWithTheNumbersOfAnUninterruptedOne(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        train(whole, 2, 1);
        String weights = hex(whole.folder().resolve("model/weights.bin"));
        assertTrue(whole.metrics.stream().anyMatch(line -> line.containsKey("loss")), "no loss was reported: " + whole.metrics);
        int stops = whole.asked.get();
        assertTrue(stops >= 20, "a test over " + stops + " places says little");
        for (int at = 0; at < stops; at++) {
            Scene scene = new Scene(folder.resolve("at" + at), at);
            assertThrows(InterruptedException.class, () -> train(scene, 2, 1));
            scene.stopAt = Integer.MAX_VALUE;
            train(scene, 2, 1);
            assertEquals(weights, hex(scene.folder().resolve("model/weights.bin")), "weights after a stop at " + at);
            assertEquals(whole.metrics, scene.metrics, "metrics after a stop at " + at);
        }
    }

    @Test
    void aTrainingKilledBetweenCheckpointsGoesOnFromTheLast(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        train(whole, 1, 1);
        for (int at : new int[] {1, 7, 13}) {
            Scene scene = new Scene(folder.resolve("at" + at), at);
            scene.kill = true;
            assertThrows(Killed.class, () -> train(scene, 1, 1));
            scene.kill = false;
            scene.stopAt = Integer.MAX_VALUE;
            train(scene, 1, 1);
            assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(scene.folder().resolve("model/weights.bin")), "weights after a kill at " + at);
            assertEquals(whole.metrics, scene.metrics, "metrics after a kill at " + at);
        }
    }

    @Test
    void aDamagedCheckpointIsNamedAndCanBeDoneWithout(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        train(whole, 1, 1);
        for (String damaged : List.of("place.json", "optimiser.bin")) {
            Scene scene = new Scene(folder.resolve(damaged), 7);
            assertThrows(InterruptedException.class, () -> train(scene, 1, 1));
            scene.stopAt = Integer.MAX_VALUE;
            Path checkpoint = scene.folder().resolve("checkpoint");
            byte[] bytes = Files.readAllBytes(checkpoint.resolve(damaged));
            for (int length : new int[] {0, bytes.length / 2}) {
                Files.write(checkpoint.resolve(damaged), Arrays.copyOf(bytes, length));
                IOException e = assertThrows(IOException.class, () -> train(scene, 1, 1));
                assertTrue(e.getMessage().contains(damaged) && e.getMessage().contains("Without that folder"), e.getMessage());
            }
            Folders.delete(checkpoint);
            train(scene, 1, 1);
            assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(scene.folder().resolve("model/weights.bin")));
            assertEquals(whole.metrics, scene.metrics);
        }
    }

    @Test
    void checkpointsAreEncodedBesideATrainingThatComesToTheSameNumbers(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE), watched = new Scene(folder.resolve("watched"), Integer.MAX_VALUE);
        train(whole, 1, 1);
        Path run = watched.folder().getParent().getParent();
        List<Example> asked = watched.corpus().splits().get("dev");
        Set<Integer> epochs = ConcurrentHashMap.newKeySet();
        watched.beside = () -> {
            try {
                for (TrainedModel model : TrainedModels.of(run))
                    try (RelationEncoder encoder = OpenEncoder.open(engine, new Rendered(), watched, model.folder())) {
                        assertEquals(20, encoder.encode(asked).size());
                        model.epochs().ifPresent(epochs::add);
                    }
            } catch (IOException e) {
                // the checkpoint was being replaced
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        train(watched, 1, 1);
        watched.last.join();
        assertTrue(epochs.contains(0) && epochs.contains(1), "encoded after epochs " + epochs);
        assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(watched.folder().resolve("model/weights.bin")));
        assertEquals(whole.metrics, watched.metrics);
        TrainedModel done = TrainedModels.of(run).get(0);
        assertEquals("train", done.stage());
        assertTrue(done.epochs().isEmpty() && done.predicts());
        assertEquals(List.of("no", "yes"), done.labels());
    }

    @Test
    void accumulationAddsGradientsUpAndSaysThatItAddsNoNegatives(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.classifies = false;
        train(scene, 3, 1);
        assertTrue(scene.said.stream().anyMatch(s -> s.contains("negatives")), scene.said.toString());
        assertEquals(2 * 4, scene.updates, "10 batches in threes are 4 updates an epoch");
    }

    @Test
    void theLastUpdateOfAnEpochIsAMeanTooIfItHasFewerBatches() {
        assertEquals(List.of(3, 3, 3, 3, 3, 3, 3, 3, 3, 1), IntStream.range(0, 10).mapToObj(b -> Training.together(b, 10, 3)).toList());
        assertEquals(List.of(5, 5, 5, 5, 5), IntStream.range(0, 5).mapToObj(b -> Training.together(b, 5, 64)).toList());
    }

    @Test
    void aLossThatIsNotANumberNamesItsObjective(@TempDir Path folder) {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> train(scene, 1, Float.NaN));
        assertTrue(e.getMessage().contains("'pull'") && e.getMessage().contains("NaN"), e.getMessage());
        assertFalse(Files.exists(scene.folder().resolve("model")), "a failed training must leave no model");
    }

    @Test
    void whatIsNotOneNumberNamesItsObjective(@TempDir Path folder) {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.vector = true;
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> train(scene, 1, 1));
        assertEquals("objective 'pull' gave a float32 array (2) in epoch 1, batch 1; it must be one float32 number", e.getMessage());
    }

    @Test
    void objectivesWithTheSameNamesAreTrainedAndSavedSideBySide(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        whole.objectives = 2;
        train(whole, 1, 1);
        assertEquals(List.of("words", "head", "objectives.1.head"), Files.readAllLines(whole.folder().resolve("model/names.txt")));
        Scene scene = new Scene(folder.resolve("stopped"), 7);
        scene.objectives = 2;
        assertThrows(InterruptedException.class, () -> train(scene, 1, 1));
        scene.stopAt = Integer.MAX_VALUE;
        train(scene, 1, 1);
        assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(scene.folder().resolve("model/weights.bin")));
    }

    @Test
    void objectivesPrepareABatchOneAfterTheOther(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.objectives = 2;
        train(scene, 1, 1);
        assertEquals(2 * 2 * 10, scene.prepared.size(), "two objectives, two epochs, ten batches; none where the epoch is judged");
        assertEquals(2 * 10, scene.prepared.stream().distinct().filter(p -> p.startsWith("first")).count(), "every batch of every epoch has chances of its own");
        for (int i = 0; i < scene.prepared.size(); i += 2) {
            assertTrue(scene.prepared.get(i).startsWith("first"), scene.prepared.get(i));
            assertTrue(scene.prepared.get(i + 1).startsWith("later"), scene.prepared.get(i + 1));
        }
    }

    @Test
    void anEncoderWithoutAHeadIsJudgedByEpisodes(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.classifies = false;
        scene.episodes = Optional.of(new Train.Judging(2, 2, 1, 50, new Ref<>(Classifier.class, "means", new None())));
        train(scene, 1, 1);
        List<Object> judged = scene.metrics.stream().filter(line -> line.containsKey("few-shot-accuracy")).map(line -> line.get("few-shot-accuracy")).toList();
        assertEquals(2, judged.size(), "each of the two epochs is judged: " + scene.metrics);
        assertTrue(judged.stream().allMatch(a -> (double) a > 0 && (double) a < 1), judged.toString());
        assertTrue(Files.exists(scene.folder().resolve("model/weights.bin")), "the best epoch is kept");
    }

    private void train(Scene scene, int accumulate, float scale) throws Exception {
        Train.Best best = new Train.Best("dev", new Ref<>(Metric.class, "right", new None()), "right", scene.episodes);
        Train.Config config = new Train.Config(
                Optional.empty(), "train", 1, Optional.empty(), List.of(new Ref<>(Augmenter.class, "same", new None())), false, new Ref<>(BatchSampler.class, "pairs", new None()),
                Collections.nCopies(scene.objectives, new Ref<>(Objective.class, "pull", new None())), List.of(), new Ref<>(Optimiser.class, "momentum", new None()), 2, accumulate, 0,
                scene.classifies || scene.episodes.isPresent() ? Optional.of(best) : Optional.empty(), 0, Optional.empty());
        scene.scale = scale;
        engine.call(() -> {
            try (Training training = new Training(config, scene, engine, new Rendered())) {
                training.run();
            }
            return true;
        });
    }

    private static String hex(Path file) throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(file));
    }

    /** The process dies: nothing is saved. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A stage of a run with parts that are small but real. */
    private static final class Scene implements StageContext, Parts {
        final List<Map<String, Object>> metrics = new ArrayList<>();
        final List<String> said = new ArrayList<>();
        final AtomicInteger asked = new AtomicInteger();
        private final Path folder;
        int stopAt;
        boolean kill;
        Runnable beside = () -> {};
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        boolean classifies = true;
        Optional<Train.Judging> episodes = Optional.empty();
        int objectives = 1;
        final List<String> prepared = Collections.synchronizedList(new ArrayList<>());
        int updates;
        float scale = 1;
        boolean vector;

        Scene(Path folder, int stopAt) {
            this.folder = folder.resolve("run/stages/train");
            this.stopAt = stopAt;
        }

        @Override
        public String name() {
            return "train";
        }

        @Override
        public Recipe recipe() {
            return new Recipe("tiny", "", List.of(), 5, new Ref<>(CorpusReader.class, "none", new None()), new Ref<>(EncoderLoader.class, "tiny", new None()), Map.of(), "");
        }

        @Override
        public Corpus corpus() {
            TreeMap<String, List<Example>> splits = new TreeMap<>();
            for (String split : List.of("train", "dev")) {
                List<Example> examples = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    List<String> tokens = List.of(WORDS[i % 8], WORDS[i * 3 % 8], WORDS[i / 3 % 8]);
                    Passage passage = new Passage(split + i, tokens, List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
                    examples.add(new Example(split + i, passage, List.of(new Pair(0, 1, List.of(i % 3 == 0 ? "yes" : "no")))));
                }
                splits.put(split, examples);
            }
            return new Corpus("tiny", splits, List.of("no", "yes"), episodes.isPresent() ? Optional.empty() : Optional.of("no"), new TreeMap<>());
        }

        @Override
        public Path folder() {
            try {
                return Files.createDirectories(folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Path folder(String stage) {
            throw new IllegalArgumentException(stage);
        }

        @Override
        public Parts parts() {
            return this;
        }

        @Override
        public long seed(String purpose) {
            return new Seeds(5, "train").of(purpose);
        }

        @Override
        public void metric(Map<String, Object> values) {
            metrics.add(new LinkedHashMap<>(values));
        }

        @Override
        public void rewind(long step) {
            metrics.removeIf(line -> ((Number) line.get("step")).longValue() > step);
        }

        @Override
        public void progress(Progress progress) {}

        @Override
        public void say(String text) {
            said.add(text);
        }

        @Override
        public void checkStop() throws InterruptedException {
            // beside the batch that follows
            last.join();
            last = CompletableFuture.runAsync(beside);
            if (asked.getAndIncrement() < stopAt) return;
            if (kill) throw new Killed();
            throw new InterruptedException("asked to stop");
        }

        @Override
        public Path cache() {
            return folder;
        }

        @Override
        public <T> T create(Ref<T> ref) {
            return ref.kind().cast(switch (ref.name()) {
                case "tiny" -> TinyEncoder.LOADER;
                case "same" -> (Augmenter) (example, random) -> List.of(View.of(example));
                case "pairs" -> new Pairs();
                case "pull" -> new Pull(classifies, scale, vector, prepared);
                case "momentum" -> (Optimiser) (engine, manager, parameters, steps) -> new Momentum(() -> updates++, manager, parameters);
                case "means" -> (Classifier) (embeddings, labels, random) -> EpisodesTest.means(embeddings, labels);
                case "right" -> (Metric) predictions -> Map.of("right", (double) predictions.items().stream().filter(Prediction::right).count());
                default -> throw new IllegalArgumentException(ref.name());
            });
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

    private static final class Rendered implements Recipes {
        @Override
        public Recipe read(String source, String yaml, Map<String, String> overrides) {
            throw new IllegalArgumentException(source);
        }

        @Override
        public Ref<?> part(String kind, String name, Map<String, String> settings) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public String render(Ref<?> ref) {
            return ref.name();
        }

        @Override
        public Ref<?> parse(String kind, String rendered) {
            return new Ref<>(EncoderLoader.class, rendered, new None());
        }
    }
}
