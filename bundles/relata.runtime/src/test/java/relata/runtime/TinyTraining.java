package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.run.StageContext;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;
import relata.runtime.TinyParts.Momentum;
import relata.runtime.TinyParts.Pairs;
import relata.runtime.TinyParts.Pull;
import relata.testkit.TestEngine;

/** A stage that trains parts that are small but real, on a corpus of twenty examples. */
final class TinyTraining {
    private static final String[] WORDS = {"acid", "binds", "cell", "drug", "enzyme", "fat", "gene", "heart"};

    private TinyTraining() {}

    record None() {}

    static void train(Scene scene, int accumulate, float scale) throws Exception {
        Train.Best best = new Train.Best("dev", new Ref<>(Metric.class, "right", new None()), "right", scene.episodes);
        Train.Config config = new Train.Config(
                Optional.empty(), "train", 1, Optional.empty(), List.of(new Ref<>(Augmenter.class, "same", new None())), false, new Ref<>(BatchSampler.class, "pairs", new None()),
                Collections.nCopies(scene.objectives, new Ref<>(Objective.class, "pull", new None())), List.of(), new Ref<>(Optimiser.class, "momentum", new None()), 2, accumulate, 0,
                scene.classifies || scene.episodes.isPresent() ? Optional.of(best) : Optional.empty(), 0, Optional.empty());
        scene.scale = scale;
        Engine engine = TestEngine.engine();
        engine.call(() -> {
            try (Training training = new Training(config, scene, engine, new Rendered())) {
                training.run();
            }
            return true;
        });
    }

    static String hex(Path file) throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(file));
    }

    /** The process dies: nothing is saved. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A stage of a run with parts that are small but real. */
    static final class Scene implements StageContext, Parts {
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

    static final class Rendered implements Recipes {
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
