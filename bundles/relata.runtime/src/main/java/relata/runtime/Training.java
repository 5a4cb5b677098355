package relata.runtime;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.run.Progress;
import relata.api.run.Recipes;
import relata.api.run.StageContext;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;

/**
 * A training stage at work: epochs of batches, updates, checkpoints, choice of the best epoch.
 *
 * <p>Everything random is seeded by stream, epoch and batch, so that the state is: parameters, optimiser, and the place. A training that goes
 * on from a checkpoint does the same arithmetic as one that was never interrupted.
 */
final class Training implements AutoCloseable {
    private static final int REPORT_EVERY = 10;

    private final Train.Config config;
    private final StageContext context;
    private final Engine engine;
    private final Recipes recipes;
    private final Seeds seeds;
    private final NDManager manager;
    private final Encoder encoder;
    private final List<Objective> objectives;
    private final List<Objective.Term> terms = new ArrayList<>();
    private final TotalLoss totalLoss;
    private final Parameters heads;
    private final Optimiser.Updates updates;
    private final List<Example> examples;
    private final List<Augmenter> augmenters;
    private final BatchSampler sampler;
    private final long totalUpdates;
    private final TrainingState state;

    private TrainingState.Place place;
    private final Leftovers leftovers;
    private double lossSum;
    private int lossCount;
    private long savedAt = System.nanoTime();

    Training(Train.Config config, StageContext context, Engine engine, Recipes recipes) throws Exception {
        this.config = config;
        this.context = context;
        this.engine = engine;
        this.recipes = recipes;
        this.seeds = new Seeds(context.recipe().seed(), config.stream().orElse(context.name()));
        Corpus corpus = context.corpus();
        this.examples = Subsample.noted(config, context);
        if (examples.isEmpty()) throw new IllegalArgumentException("split '" + config.split() + "' of " + corpus.name() + " has no examples to train on");
        this.augmenters = context.parts().createAll(config.views());
        this.sampler = context.parts().create(config.batches());
        this.objectives = context.parts().createAll(config.objectives());
        this.state = new TrainingState(context.folder());
        this.leftovers = new Leftovers(context::say);
        this.manager = engine.newManager();
        try {
            Optional<Path> checkpoint = state.recover();
            EncoderLoader loader = context.parts().create(OpenModel.cast(EncoderLoader.class, context.recipe().encoder()));
            Optional<Path> start = checkpoint.map(TrainingState::model).or(() -> config.from().map(s -> context.folder(s).resolve("model")));
            this.encoder = goingOn(checkpoint, () -> start.isPresent() ? loader.load(engine, manager, start) : loader.begin(engine, manager, examples, Seeds.generator(seeds.of("encoder"))));
            encoder.freeze(config.freeze());
            Allocator allocator = new Allocator(manager, Seeds.generator(seeds.of("heads")));
            Objective.Setting setting = new Objective.Setting(engine, allocator, encoder.dimension(), corpus.relations(), corpus.negative(), encoder.vocabulary());
            for (Objective o : objectives) terms.add(o.open(setting));
            this.totalLoss = new TotalLoss(config.objectives(), config.weights(), terms);
            this.heads = Heads.of(objectives, terms);
            this.totalUpdates = (long) config.epochs() * updatesPerEpoch();
            Parameters all = new Parameters().addAll(encoder.parameters()).addAll(heads);
            this.updates = context.parts().create(config.optimiser()).open(engine, manager, all, totalUpdates);
            if (checkpoint.isPresent()) {
                place = goingOn(checkpoint, () -> {
                    encoder.restore(TrainingState.model(checkpoint.get()), heads);
                    return state.restore(checkpoint.get(), updates, manager);
                });
                lossSum = place.lossSum();
                lossCount = place.lossCount();
                context.rewind(place.step());
                context.say("goes on from update " + place.step() + " of " + totalUpdates);
            } else {
                place = TrainingState.Place.START;
                context.rewind(-1);
            }
        } catch (Exception | Error e) {
            manager.close();
            throw e;
        }
    }

    /** Says of a checkpoint that cannot be read how to do without it. */
    private static <T> T goingOn(Optional<Path> checkpoint, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (IOException | RuntimeException e) {
            if (checkpoint.isEmpty()) throw e;
            throw new IOException("cannot go on from the checkpoint " + checkpoint.get() + ": " + Words.of(e) + ". Without that folder, the stage begins afresh", e);
        }
    }

    /** Sub-words of a view, as the encoder counts them. */
    int length(View view) {
        return encoder.length(view);
    }

    private int batchesPerEpoch() {
        return sampler.batches(examples);
    }

    private int updatesPerEpoch() {
        return (batchesPerEpoch() + config.accumulate() - 1) / config.accumulate();
    }

    void run() throws Exception {
        if (config.accumulate() > 1 && objectives.stream().anyMatch(o -> !o.classifies()))
            context.say("accumulate " + config.accumulate() + " adds up gradients: an objective still compares what is in one batch, so that it gives no more negatives");
        try {
            for (int epoch = place.epoch(); epoch < config.epochs(); epoch++) {
                epoch(epoch);
                judge(epoch);
                place = place.epochDone();
                save();
            }
        } catch (InterruptedException e) {
            save();
            throw e;
        }
        finish();
    }

    private void epoch(int epoch) throws Exception {
        List<int[]> batches = new ArrayList<>();
        sampler.epoch(examples, generator("order", epoch)).forEachRemaining(batches::add);
        if (batches.size() != batchesPerEpoch())
            throw new IllegalStateException("the sampler '" + config.batches().name() + "' announced " + batchesPerEpoch() + " batches but gave " + batches.size());
        String what = "epoch " + (epoch + 1) + " of " + config.epochs();
        long started = System.nanoTime(), views = 0;
        int first = place.batch();
        try (BatchStream stream = new BatchStream(first, batches.size(), b -> collate(epoch, b, batches.get(b)))) {
            for (int b = first; b < batches.size(); b++) {
                context.checkStop();
                Collated batch = stream.take();
                views += batch.views().size();
                double loss = forwardBackward(epoch, b, batch, together(b, batches.size(), config.accumulate()));
                lossSum += loss;
                lossCount++;
                boolean update = (b + 1) % config.accumulate() == 0 || b + 1 == batches.size();
                if (update) {
                    // batches whose gradients are added up may leave arrays unevenly, updates do not
                    leftovers.update(engine.arrays());
                    update(epoch, b, b + 1 == batches.size());
                }
                context.progress(new Progress(what, (long) epoch * batches.size() + b + 1, (long) config.epochs() * batches.size(), "batches", String.format(Locale.ROOT, "loss %.4f", loss)));
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        // a stop while the epoch was judged leaves no batch to do
        if (views > 0) context.say(String.format(Locale.ROOT, "%s: %d views in %.1f s (%.1f a second)", what, views, seconds, views / seconds));
    }

    private Collated collate(int epoch, int b, int[] batch) {
        List<View> views = new ArrayList<>();
        long seed = seeds.of("views");
        for (int a = 0; a < augmenters.size(); a++)
            for (int i : batch)
                views.addAll(augmenters.get(a).augment(examples.get(i), Seeds.generator(Seeds.at(seed, config.fixedViews() ? 0 : epoch, a, i))));
        Collated made = encoder.collate(views);
        for (int o = 0; o < terms.size(); o++) made = terms.get(o).prepare(made, generator("prepare", epoch, b, o));
        return made;
    }

    /** How many batches go into the update that batch {@code b} is part of: fewer at the end of an epoch. */
    static int together(int b, int batches, int accumulate) {
        int first = b - b % accumulate;
        return Math.min(accumulate, batches - first);
    }

    /** Adds the batch's gradients to the parameters', divided by the number of batches of its update; returns the loss. */
    private double forwardBackward(int epoch, int b, Collated batch, int together) {
        engine.seed(Seeds.at(seeds.of("dropout"), epoch, b));
        try (NDManager stepManager = manager.newSubManager(); Engine.Tape tape = engine.record()) {
            Step step = new Step(engine, stepManager, true);
            Encoding encoding = encoder.encode(batch, step);
            Shape rows = new Shape(batch.rows().size(), encoder.dimension());
            if (!encoding.relations().getShape().equals(rows)) throw new IllegalArgumentException("the encoder gave an array " + encoding.relations().getShape() + " for a batch whose relations are " + rows);
            TotalLoss.Sum total = totalLoss.of(encoding, batch, step, together, () -> "epoch " + (epoch + 1) + ", batch " + (b + 1));
            if (total.array() != null) tape.backward(total.array());
            return total.value();
        }
    }

    private void update(int epoch, int b, boolean last) throws IOException {
        Optimiser.Report report = updates.apply();
        place = place.updated(b + 1);
        if (place.step() % REPORT_EVERY == 0 || place.step() == totalUpdates) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("step", place.step());
            line.put("epoch", epoch + 1);
            line.put("loss", lossSum / lossCount);
            line.put("rate", report.rate());
            line.put("norm", report.norm());
            context.metric(line);
            lossSum = 0;
            lossCount = 0;
        }
        place = place.pending(lossSum, lossCount);
        // not after the last batch: the checkpoint there is written when the epoch has been judged
        if (!last && System.nanoTime() - savedAt > config.checkpointSeconds() * 1_000_000_000L) save();
    }

    /** Judges the epoch on the development split and keeps its weights if they are the best so far. */
    private void judge(int epoch) throws Exception {
        if (config.best().isEmpty()) return;
        Train.Best best = config.best().get();
        DevelopmentScore score = new DevelopmentScore(best, context, engine, manager, encoder);
        double number = score.of(classifying());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", place.step());
        line.put("epoch", epoch + 1);
        line.put("split", best.split());
        line.put(score.name(), number);
        context.metric(line);
        boolean better = place.bestEpoch() < 0 || number > place.best();
        context.say(String.format(Locale.ROOT, "epoch %d of %d: %s on %s %.4f%s", epoch + 1, config.epochs(), score.name(), best.split(), number, better ? " (best so far)" : ""));
        if (better) {
            Folders.replace(state.best(), this::write);
            place = place.better(epoch, number);
        }
    }

    private Optional<Objective.Term> classifying() {
        for (int o = 0; o < objectives.size(); o++) if (objectives.get(o).classifies()) return Optional.of(terms.get(o));
        return Optional.empty();
    }

    private void save() throws IOException {
        state.save(place, updates, this::write);
        savedAt = System.nanoTime();
    }

    private void write(Path folder) throws IOException {
        encoder.save(folder, heads);
        int classifying = -1;
        for (int o = objectives.size() - 1; o >= 0; o--) if (objectives.get(o).classifies()) classifying = o;
        Ref<?> head = classifying < 0 ? null : config.objectives().get(classifying);
        new ModelCard(
                        recipes.render(context.recipe().encoder()), head == null ? null : recipes.render(head), null, context.corpus().relations(),
                        context.corpus().negative().orElse(null), context.recipe().name(), context.name(), context.folder().getParent().getParent().getFileName().toString(),
                        context.recipe().seed())
                .write(folder);
    }

    private void finish() throws IOException {
        Path model = context.folder().resolve("model");
        if (config.best().isPresent()) {
            context.say("keeps epoch " + (place.bestEpoch() + 1));
            Folders.replace(model, to -> Folders.copy(state.best(), to));
        } else Folders.replace(model, this::write);
        state.clear();
    }

    private RandomGenerator generator(String purpose, long... at) {
        return Seeds.generator(Seeds.at(seeds.of(purpose), at));
    }

    @Override
    public void close() {
        manager.close();
    }
}
