package relata.runtime;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.FromStage;
import relata.api.component.Parts;
import relata.api.component.Produces;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.component.SplitName;
import relata.api.corpus.CorpusReader;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Metric;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.run.Recipes;
import relata.api.run.Stage;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;

/** Provides the stage {@code train}. The work is {@link Training}'s. */
@Component(service = ComponentProvider.class)
@ComponentName("train")
@Produces("encoder")
@Source("")
@Doc("Trains the encoder on one or several objectives, over views of a split's examples.")
public final class Train implements ComponentProvider<Stage, Train.Config> {
    /** Settings of a training. */
    public record Config(
            @Doc("The corpus of this stage, in place of the recipe's.") Optional<Ref<CorpusReader>> corpus,
            @Doc("The split to train on.") @Default("train") @SplitName String split,
            @Doc("Share of the split, stratified by relation: ceil(n · fraction) of each; a smaller share is part of a larger one.")
                    @Default("1") @Range("(0, 1]") double fraction,
            @Doc("The stage whose encoder to start from; without it, the recipe's checkpoint.") @FromStage("encoder") Optional<String> from,
            @Doc("The views of each example that go through the encoder; one augmenter each.") @Default("[ { use: identity } ]") List<Ref<Augmenter>> views,
            @Doc("True: the augmenters draw the same views in every epoch.") @Default("false") boolean fixedViews,
            @Doc("Which examples meet in a batch.") @Default("{ use: shuffled }") Ref<BatchSampler> batches,
            @Doc("What to minimise: the weighted sum of these.") List<Ref<Objective>> objectives,
            @Doc("Weights of the objectives, in their order; empty: 1 each.") @Default("[]") @Range("[0, inf)") List<Double> weights,
            @Doc("The optimiser.") @Default("{ use: adamw }") Ref<Optimiser> optimiser,
            @Doc("Passes over the examples.") @Range("[1, inf)") int epochs,
            @Doc("Batches whose gradients are added up before an update. Adds no negatives to a contrastive objective.")
                    @Default("1") @Range("[1, inf)") int accumulate,
            @Doc("Lowest layers (and the embeddings) that stay as they are: 0 none, -1 the whole encoder.") @Default("0") @Range("[-1, inf)") int freeze,
            @Doc("Keeps the epoch that is best on a development split; without it, the last.") Optional<Best> best,
            @Doc("Seconds between checkpoints; one is written after each epoch in any case.") @Default("60") @Range("[0, inf)") int checkpointSeconds,
            @Doc("Stages of the same stream draw the same random numbers (order of examples, new heads, dropout): for comparisons. Without it, the stage's name.")
                    Optional<String> stream)
            implements Subsample.Shared {
        public Config {
            views = List.copyOf(views);
            objectives = List.copyOf(objectives);
            weights = List.copyOf(weights);
            if (objectives.isEmpty()) throw new IllegalArgumentException("needs at least one objective");
            if (views.isEmpty()) throw new IllegalArgumentException("needs at least one view; { use: identity } is the example itself");
            if (!weights.isEmpty() && weights.size() != objectives.size())
                throw new IllegalArgumentException("has " + objectives.size() + " objectives but " + weights.size() + " weights");
        }
    }

    /** How to choose the best epoch. */
    public record Best(
            @Doc("The development split.") @Default("dev") @SplitName String split,
            @Doc("The metric that judges.") @Default("{ use: f1 }") Ref<Metric> metric,
            @Doc("Which of the metric's numbers counts; the larger the better.") @Default("micro-f1") String number,
            @Doc("Judges the vectors by few-shot episodes in place of the metric: for trainings without a classifying objective.") Optional<Judging> episodes) {}

    /** Few-shot episodes that judge an epoch. */
    public record Judging(
            @Doc("N: relations in an episode.") @Default("5") @Range("[2, inf)") int ways,
            @Doc("K: labelled instances of each relation.") @Default("1") @Range("[1, inf)") int shots,
            @Doc("Q: queries of each relation.") @Default("1") @Range("[1, inf)") int queries,
            @Doc("Number of episodes.") @Default("1000") @Range("[2, inf)") int count,
            @Doc("What is fitted to the support vectors and answers the queries.") @Default("{ use: nearest-centroid }") Ref<Classifier> classifier) {}

    private final Engine engine;
    private final Recipes recipes;

    @Activate
    public Train(@Reference Engine engine, @Reference Recipes recipes) {
        this.engine = engine;
        this.recipes = recipes;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Stage create(Config config, Parts parts) {
        return context -> engine.call(() -> {
            try (Training training = new Training(config, context, engine, recipes)) {
                training.run();
            }
            return true;
        });
    }
}
