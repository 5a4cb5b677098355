package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.component.SplitName;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Engine;
import relata.api.run.Progress;
import relata.api.run.Recipes;
import relata.api.run.Stage;
import relata.api.run.StageContext;

/** Provides the stage {@code evaluate}: {@code predictions.jsonl}, one line a question, and {@code evaluation.json}. */
@Component(service = ComponentProvider.class)
@ComponentName("evaluate")
@Produces("evaluation")
@Source("")
@Doc("Predicts a split with a trained model and judges the predictions.")
public final class Evaluate implements ComponentProvider<Stage, Evaluate.Config> {
    /** Settings of an evaluation. */
    public record Config(
            @Doc("The corpus of this stage, in place of the recipe's.") Optional<Ref<CorpusReader>> corpus,
            @Doc("The stage whose model to judge.") @FromStage({"encoder", "model"}) String model,
            @Doc("The split to judge on.") @Default("test") @SplitName String split,
            @Doc("The metrics.") @Default("[ { use: f1 }, { use: f1, with: { average: macro } }, { use: accuracy }, { use: per-class }, { use: confusion } ]") List<Ref<Metric>> metrics) {
        public Config {
            metrics = List.copyOf(metrics);
        }
    }

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Engine engine;
    private final Recipes recipes;

    @Activate
    public Evaluate(@Reference Engine engine, @Reference Recipes recipes) {
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
            List<Example> examples = context.corpus().split(config.split());
            try (RelationModel model = OpenModel.open(engine, recipes, parts, context.folder(config.model()).resolve("model"))) {
                if (knowsNone(model.labels(), examples))
                    throw new IllegalArgumentException("the model of stage '" + config.model() + "' knows none of the labels of split '" + config.split() + "' of corpus '" + context.corpus().name()
                            + "', so it can answer none of its questions: it knows " + String.join(", ", model.labels()) + ". Stage few-shot judges an encoder on relations that it never saw");
                Predictions predictions = predict(model, examples, context);
                Map<String, Double> numbers = new LinkedHashMap<>();
                for (Metric metric : parts.createAll(config.metrics())) numbers.putAll(metric.of(predictions));
                PredictionFile.write(context.folder().resolve("predictions.jsonl"), predictions);
                write(context.folder().resolve("evaluation.json"), config, predictions, numbers);
                Map<String, Object> line = new LinkedHashMap<>(numbers);
                line.keySet().removeIf(key -> key.contains(" -> "));
                line.put("split", config.split());
                context.metric(line);
            }
        };
    }

    /** True if there are answers and none is among the labels: a split without answers can be predicted, but not judged. */
    static boolean knowsNone(List<String> labels, List<Example> examples) {
        Set<String> gold = examples.stream().flatMap(e -> e.pairs().stream()).flatMap(p -> p.relations().stream()).collect(Collectors.toSet());
        return !gold.isEmpty() && Collections.disjoint(gold, labels);
    }

    /** Predicts in slices, so that progress shows and a stop is heard. */
    static Predictions predict(RelationModel model, List<Example> examples, StageContext context) throws InterruptedException {
        int slice = 512;
        List<Prediction> items = new ArrayList<>();
        Predictions last = new Predictions(model.labels(), context.corpus().negative(), List.of());
        for (int from = 0; from < examples.size(); from += slice) {
            context.checkStop();
            last = model.predict(examples.subList(from, Math.min(from + slice, examples.size())));
            items.addAll(last.items());
            context.progress(new Progress("predicts", items.size(), examples.size(), "examples", ""));
        }
        return new Predictions(last.labels(), last.negative(), items);
    }

    private static void write(Path file, Config config, Predictions predictions, Map<String, Double> numbers) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", config.model());
        all.put("split", config.split());
        all.put("questions", predictions.items().size());
        all.put("labels", predictions.labels());
        predictions.negative().ifPresent(n -> all.put("negative", n));
        all.put("metrics", numbers);
        Folders.write(file, GSON.toJson(all) + "\n");
    }
}
