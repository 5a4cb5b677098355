package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import relata.api.evaluate.Classifier;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.run.Progress;
import relata.api.run.Recipes;
import relata.api.run.Stage;
import relata.api.run.StageContext;

/**
 * Provides the stage {@code few-shot}: how well an encoder's vectors tell relations apart of which only a few instances are known. Each sentence is
 * encoded once; the rest is arithmetic on vectors. Writes {@code episodes.csv}, a line for each episode, and {@code few-shot.json}.
 *
 * <p>Which episodes are drawn depends on the seed, the split's content and the settings of the tasks, and on nothing of the encoder.
 */
@Component(service = ComponentProvider.class)
@ComponentName("few-shot")
@Produces("few-shot")
@Source("Han et al. 2018 (FewRel); Gao et al. 2019 (FewRel 2.0); Snell et al. 2017")
@Doc("Judges the vectors of an encoder on N-way K-shot episodes over relations that it need not have seen.")
public final class FewShot implements ComponentProvider<Stage, FewShot.Config> {
    /** Settings of the evaluation. */
    public record Config(
            @Doc("The corpus of this stage, in place of the recipe's.") Optional<Ref<CorpusReader>> corpus,
            @Doc("The split whose relations are asked about.") @Default("test") @SplitName String split,
            @Doc("The stage whose encoder to judge; without it, the recipe's checkpoint.") @FromStage({"encoder", "model"}) Optional<String> from,
            @Doc("Settings of the encoder that differ from the recipe's, e.g. another checkpoint or pooling.") Optional<Ref<EncoderLoader>> encoder,
            @Doc("What is fitted to the support vectors of each episode and answers its queries.") @Default("{ use: nearest-centroid }") Ref<Classifier> classifier,
            @Doc("The tasks, on episodes of their own each.") @Default("[ { ways: 5, shots: 1 }, { ways: 5, shots: 5 }, { ways: 10, shots: 1 }, { ways: 10, shots: 5 } ]") List<Task> tasks,
            @Doc("Q: queries of each relation in an episode.") @Default("1") @Range("[1, inf)") int queries,
            @Doc("Share of the queries, on average, whose relation is none of the episode's.") @Default("0") @Range("[0, 1)") double none,
            @Doc("A query whose best score is below this gets none of the relations; without it every query gets one.") Optional<Double> noneBelow,
            @Doc("Episodes of each task.") @Default("1000") @Range("[2, inf)") int episodes,
            @Doc("Seed of the episodes; without it, the recipe's.") Optional<Long> seed) {
        public Config {
            tasks = List.copyOf(tasks);
            if (tasks.isEmpty()) throw new IllegalArgumentException("needs at least one task, e.g. { ways: 5, shots: 1 }");
            if (tasks.stream().distinct().count() < tasks.size()) throw new IllegalArgumentException("has a task twice");
        }
    }

    /** The size of an episode. */
    public record Task(
            @Doc("N: relations in an episode.") @Default("5") @Range("[2, inf)") int ways,
            @Doc("K: labelled instances of each relation.") @Default("1") @Range("[1, inf)") int shots) {}

    private final Engine engine;
    private final Recipes recipes;

    @Activate
    public FewShot(@Reference Engine engine, @Reference Recipes recipes) {
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
            InstancePool pool = new InstancePool(context.corpus().split(config.split()), context.corpus().negative());
            Seeds seeds = new Seeds(config.seed().orElse(context.recipe().seed()), "few-shot");
            Map<Episodes.Plan, Episodes> drawn = new LinkedHashMap<>();
            for (Task task : config.tasks()) {
                Episodes.Plan plan = new Episodes.Plan(task.ways(), task.shots(), config.queries(), config.none());
                List<String> small = pool.relationsBelow(plan.shots() + plan.queries());
                if (!small.isEmpty()) context.say(plan.title() + " leaves out relations of fewer than " + (plan.shots() + plan.queries()) + " instances: " + String.join(", ", small));
                drawn.put(plan, Episodes.draw(pool, plan, config.episodes(), seeds.of(plan.toString())));
            }
            List<Episodes> lists = List.copyOf(drawn.values());
            float[][] vectors = pool.byInstance(lists, encode(config, parts, context, pool.needed(lists)));
            Classifier classifier = parts.create(config.classifier());
            OptionalDouble noneBelow = config.noneBelow().map(OptionalDouble::of).orElse(OptionalDouble.empty());
            Map<String, FewShotResult> results = new LinkedHashMap<>();
            for (Map.Entry<Episodes.Plan, Episodes> task : drawn.entrySet()) {
                context.checkStop();
                EpisodeScores scores = EpisodeScores.of(task.getValue(), vectors, classifier, noneBelow);
                results.put(task.getKey().title(), new FewShotResult(task.getValue().hash(pool), scores));
                context.say(String.format(Locale.ROOT, "%s: accuracy %.2f %% ± %.2f over %d episodes", task.getKey().title(), 100 * scores.accuracy(), 100 * scores.halfWidth(), config.episodes()));
            }
            Map<String, Object> setting = new LinkedHashMap<>();
            config.from().ifPresent(from -> setting.put("from", from));
            setting.put("encoder", recipes.render(config.encoder().<Ref<?>>map(e -> e).orElse(context.recipe().encoder())));
            setting.put("corpus", context.corpus().name());
            setting.put("split", config.split());
            setting.put("classifier", recipes.render(config.classifier()));
            setting.put("queries", config.queries());
            setting.put("none", config.none());
            config.noneBelow().ifPresent(below -> setting.put("noneBelow", below));
            setting.put("seed", seeds.root());
            FewShotResult.write(context.folder(), setting, results);
            Map<String, Object> line = new LinkedHashMap<>();
            results.forEach((title, result) -> line.put(FewShotResult.metric(title), result.scores().accuracy()));
            line.put("split", config.split());
            context.metric(line);
        };
    }

    private float[][] encode(Config config, Parts parts, StageContext context, List<Example> examples) throws Exception {
        Ref<?> encoder = config.encoder().<Ref<?>>map(e -> e).orElse(context.recipe().encoder());
        EncoderLoader loader = parts.create(OpenModel.cast(EncoderLoader.class, encoder));
        Optional<Path> from = config.from().map(s -> context.folder(s).resolve("model"));
        int batches = Inference.batches(examples.size());
        int[] done = {0};
        return engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                return FrozenModel.vectors(engine, manager, loader.load(engine, manager, from), examples, () -> {
                    context.checkStop();
                    context.progress(new Progress("encodes", ++done[0], batches, "batches", ""));
                });
            }
        });
    }
}
