package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.learn.Engine;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.run.Stage;
import relata.api.run.StageContext;
import relata.api.run.Workbench;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;

/** Runs a training stage on made-up sentences of one length and takes the time of each step. */
final class SpeedTrial implements StageContext {
    /** Common words that BERT's vocabularies hold whole. */
    private static final String[] WORDS = "time year people way day man thing woman life child world school state family student group country problem hand part".split(" ");

    private final Engine engine;
    private final Parts parts;
    private final Recipes recipes;
    private final Recipe recipe;
    private final String stage;
    private final Path folder;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Long> resident = new ArrayList<>();
    private Corpus corpus = new Corpus("made-up", new TreeMap<>(), List.of("no", "yes"), Optional.of("no"), new TreeMap<>());
    private long last;

    SpeedTrial(Engine engine, Parts parts, Recipes recipes, Recipe recipe, String stage) throws IOException {
        this.engine = engine;
        this.parts = parts;
        this.recipes = recipes;
        this.recipe = recipe;
        this.stage = stage;
        this.folder = Files.createTempDirectory("relata-bench-");
    }

    Workbench.Speed run(int views, int length, int warmup, int steps) throws Exception {
        Ref<Stage> ref = recipe.stages().get(stage);
        if (ref == null || !(ref.config() instanceof Train.Config own))
            throw new IllegalArgumentException("recipe '" + recipe.name() + "' has no training stage '" + stage + "'; its stages: " + String.join(", ", recipe.stages().keySet()));
        if (views < 2 || views % 2 != 0) throw new IllegalArgumentException("views was " + views + " but must be an even number from 2");
        Ref<Augmenter> same = OpenModel.cast(Augmenter.class, recipes.part("augmenter", "identity", Map.of()));
        Ref<BatchSampler> batches = OpenModel.cast(BatchSampler.class, recipes.part("sampler", "sequential", Map.of("size", String.valueOf(views / 2))));
        Train.Config config = new Train.Config(
                Optional.empty(), "train", 1, Optional.empty(), List.of(same, same), true, batches, own.objectives(), own.weights(), own.optimiser(), 1, 1, own.freeze(),
                Optional.empty(), Integer.MAX_VALUE, Optional.empty());
        int count = views / 2 * (warmup + steps);
        corpus = corpus(count, length);
        try {
            return engine.call(() -> {
                int actual;
                try (Training training = new Training(config, this, engine, recipes)) {
                    int off = training.length(View.of(corpus.split("train").get(0))) - length;
                    actual = length + off;
                }
                // the encoder adds markers and special tokens: take as many words away
                corpus = corpus(count, length - (actual - length));
                try (Training training = new Training(config, this, engine, recipes)) {
                    actual = training.length(View.of(corpus.split("train").get(0)));
                    last = System.nanoTime();
                    training.run();
                }
                return new Workbench.Speed(seconds.subList(warmup, seconds.size()), views, actual, resident.subList(Math.min(warmup, resident.size()), resident.size()), ProcessUse.mostMemory());
            });
        } finally {
            Folders.delete(folder);
        }
    }

    private static Corpus corpus(int count, int words) {
        if (words < 4) throw new IllegalArgumentException("the views are too short to hold two entities");
        RandomGenerator random = Seeds.generator(1);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> tokens = new ArrayList<>();
            for (int w = 0; w < words; w++) tokens.add(WORDS[random.nextInt(WORDS.length)]);
            Passage passage = new Passage("p" + i, tokens, List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
            examples.add(new Example("e" + i, passage, List.of(new Pair(0, 1, List.of(i % 2 == 0 ? "no" : "yes")))));
        }
        return new Corpus("made-up", new TreeMap<>(Map.of("train", examples)), List.of("no", "yes"), Optional.of("no"), new TreeMap<>());
    }

    @Override
    public void progress(Progress progress) {
        long now = System.nanoTime();
        seconds.add((now - last) / 1e9);
        resident.add(ProcessUse.memory());
        last = System.nanoTime();
    }

    @Override
    public String name() {
        return stage;
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    @Override
    public Corpus corpus() {
        return corpus;
    }

    @Override
    public Path folder() {
        try {
            return Files.createDirectories(folder.resolve("stages").resolve(stage));
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public Path folder(String other) {
        return folder.resolve("stages").resolve(other);
    }

    @Override
    public Parts parts() {
        return parts;
    }

    @Override
    public long seed(String purpose) {
        return new Seeds(recipe.seed(), stage).of(purpose);
    }

    @Override
    public void metric(Map<String, Object> values) {
        // a measurement leaves no metrics
    }

    @Override
    public void rewind(long step) {
        // nor takes any back
    }

    @Override
    public void say(String text) {
        // the numbers speak
    }

    @Override
    public void checkStop() {
        // runs to its end
    }
}
