package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
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
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.evaluate.Classifier;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.run.Progress;
import relata.api.run.Recipes;
import relata.api.run.Stage;

/** Provides the stage {@code classify}: a classifier fitted on the vectors of an encoder that stays as it is. */
@Component(service = ComponentProvider.class)
@ComponentName("classify")
@Produces("model")
@Source("")
@Doc("Fits a classifier on frozen vectors: what an encoder knows without fine-tuning.")
public final class Classify implements ComponentProvider<Stage, Classify.Config> {
    /** Settings of the fit. */
    public record Config(
            @Doc("The corpus of this stage, in place of the recipe's.") Optional<Ref<CorpusReader>> corpus,
            @Doc("The stage whose encoder to use; without it, the recipe's checkpoint.") @FromStage("encoder") Optional<String> from,
            @Doc("The classifier.") Ref<Classifier> classifier,
            @Doc("The split to fit on.") @Default("train") @SplitName String split,
            @Doc("Share of the split, stratified by relation.") @Default("1") @Range("(0, 1]") double fraction)
            implements Subsample.Shared {}

    private final Engine engine;
    private final Recipes recipes;

    @Activate
    public Classify(@Reference Engine engine, @Reference Recipes recipes) {
        this.engine = engine;
        this.recipes = recipes;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Stage create(Config config, Parts parts) {
        return context -> {
            List<Example> examples = Subsample.noted(config, context);
            List<String> labels = new ArrayList<>();
            for (Example example : examples)
                for (Pair pair : example.pairs())
                    labels.add(pair.relation().orElseThrow(() -> new IllegalArgumentException("example '" + example.id() + "' has a pair without a label: a classifier cannot be fitted on it")));
            ModelCard card = new ModelCard(
                    recipes.render(context.recipe().encoder()), null, recipes.render(config.classifier()), context.corpus().relations(),
                    context.corpus().negative().orElse(null), context.recipe().name(), context.name(),
                    String.valueOf(context.folder().getParent().getParent().getFileName()), context.recipe().seed());
            EncoderLoader loader = parts.create(OpenModel.cast(EncoderLoader.class, context.recipe().encoder()));
            Optional<Path> from = config.from().map(s -> context.folder(s).resolve("model"));
            int batches = Inference.batches(examples.size());
            int[] done = {0};
            engine.call(() -> {
                try (NDManager manager = engine.newManager()) {
                    Encoder encoder = loader.load(engine, manager, from);
                    float[][] rows = FrozenModel.vectors(engine, manager, encoder, examples, () -> {
                        context.checkStop();
                        context.progress(new Progress("encodes", ++done[0], batches, "batches", ""));
                    });
                    Folders.replace(context.folder().resolve("model"), folder -> {
                        encoder.save(folder, new Parameters());
                        new TrainingVectors(rows, labels).write(folder);
                        card.write(folder);
                    });
                }
                return true;
            });
        };
    }
}
