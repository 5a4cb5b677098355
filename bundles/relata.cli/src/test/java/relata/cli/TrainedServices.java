package relata.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import relata.api.component.Catalogue;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.FromStage;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.plugin.Features;
import relata.api.plugin.Plugins;
import relata.api.result.Comparisons;
import relata.api.result.Results;
import relata.api.run.Checkpoints;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Runs;
import relata.api.run.Stage;
import relata.api.run.Workbench;
import relata.recipe.YamlRecipes;
import relata.runs.FolderRuns;
import relata.runs.results.TableComparisons;

/**
 * Real recipes and run folders, over stages that answer by rule: of ten examples a model has as many right as its recipe, share and seed say.
 */
final class TrainedServices implements Services, RecipeRunner {
    @Kind("encoder")
    interface AnyEncoder {}

    record Nothing() {}

    record Data(@Default("60") int size) {}

    record Folds(Ref<CorpusReader> of, int folds, @Default("0") int fold, Optional<Path> file) {}

    record Format(@Default("mention") String format) {}

    record Train(
            Optional<Ref<CorpusReader>> corpus, @Default("train") String split, @Default("1") @Range("(0, 1]") @Doc("Share.") double fraction, @FromStage("encoder") Optional<String> from, @Default("5") int skill) {}

    record Evaluate(@FromStage("encoder") String model, @Default("test") String split, @Default("[ { use: accuracy } ]") List<Ref<Metric>> metrics) {}

    private final FakeServices fakes;
    private final Corpus data = new Corpus("data", new TreeMap<>(), List.of(), Optional.empty(), new TreeMap<>());
    private final Runs runs = new FolderRuns(Clock.systemDefaultZone(), "test");
    /** Ids of the runs that were worked on, in order. */
    final Set<String> worked = new HashSet<>();
    /** What happens while a run is worked on. */
    Runnable meanwhile = () -> {};
    /** How many runs are done before one stops. */
    int stopAfter = Integer.MAX_VALUE;

    TrainedServices(Path home) {
        fakes = new FakeServices(home);
        add("stage", Stage.class, "train", "encoder", Train.class);
        add("stage", Stage.class, "evaluate", "evaluation", Evaluate.class);
        add("corpus", CorpusReader.class, "data", "", Data.class);
        add("corpus", CorpusReader.class, "folds", "", Folds.class);
        add("encoder", AnyEncoder.class, "none", "", Format.class);
        add("metric", Metric.class, "accuracy", "", Nothing.class);
        Metric accuracy = p -> Map.of("accuracy", p.items().stream().filter(Prediction::right).count() / (double) p.items().size());
        fakes.created = Map.of("accuracy", accuracy, "data", FakeServices.reader(data));
    }

    private void add(String kind, Class<?> type, String name, String produces, Class<? extends Record> config) {
        fakes.parts.add(new Part(kind, type, name, "", "", produces, "tests", "1.0", config));
    }

    @Override
    public RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) throws IOException, RecipeException {
        worked.add(folder.id());
        check(recipe, data);
        meanwhile.run();
        if (worked.size() > stopAfter) {
            folder.status(RunStatus.STOPPED, "");
            return RunStatus.STOPPED;
        }
        recipe.stages().forEach((name, stage) -> {
            if (stage.config() instanceof Evaluate evaluate) evaluate(recipe, folder.stage(name), (Train) recipe.stages().get(evaluate.model()).config());
        });
        folder.status(RunStatus.DONE, "");
        return RunStatus.DONE;
    }

    private static void evaluate(Recipe recipe, Path stage, Train model) {
        Record corpus = recipe.corpus().config();
        int size = corpus instanceof Folds f ? ((Data) f.of().config()).size() : ((Data) corpus).size();
        StringBuilder answers = new StringBuilder();
        int right = 0, all = 0;
        for (int i = 0; i < size; i++) {
            // the last fold has one example, the others share the rest
            if (corpus instanceof Folds f && f.fold() != (i == 0 ? f.folds() - 1 : i % (f.folds() - 1))) continue;
            boolean good = i % 10 < model.skill() + (model.fraction() == 1 ? 3 : 0) + recipe.seed() % 2;
            answers.append(new Gson().toJson(new Prediction("e" + i, 0, List.of("a"), good ? "a" : "b", List.of()))).append('\n');
            all++;
            if (good) right++;
        }
        JsonObject numbers = new JsonObject(), json = new JsonObject();
        numbers.addProperty("accuracy", right / (double) all);
        JsonArray labels = new JsonArray();
        labels.add("a");
        labels.add("b");
        json.add("labels", labels);
        json.add("metrics", numbers);
        try {
            Files.writeString(stage.resolve("predictions.jsonl"), answers);
            Files.writeString(stage.resolve("evaluation.json"), json.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stages that train on a split that is not there are mistakes. */
    @Override
    public void check(Recipe recipe, Corpus corpus) throws RecipeException {
        List<Mistake> mistakes = new ArrayList<>();
        recipe.stages().forEach((name, stage) -> {
            if (stage.config() instanceof Train train && !train.split().equals("train")) mistakes.add(new Mistake(-1, "stages." + name + ".with.split", "there is no split '" + train.split() + "'"));
        });
        if (!mistakes.isEmpty()) throw new RecipeException(recipe.name(), mistakes);
    }

    @Override
    public Plugins plugins(boolean restart) {
        return fakes.plugins(restart);
    }

    @Override
    public Features features() {
        return fakes.features();
    }

    @Override
    public Catalogue catalogue() {
        return fakes.catalogue();
    }

    @Override
    public Recipes recipes() {
        return new YamlRecipes(catalogue());
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Results results() {
        return fakes.results();
    }

    @Override
    public Comparisons comparisons() {
        return new TableComparisons(results(), recipes(), workbench());
    }

    @Override
    public RecipeRunner runner() {
        return this;
    }

    @Override
    public Workbench workbench() {
        return fakes.workbench();
    }

    @Override
    public List<Checkpoints> checkpoints() {
        return fakes.checkpoints();
    }

    @Override
    public ServiceComponentRuntime components() {
        return fakes.components();
    }

    @Override
    public BundleContext context() {
        return fakes.context();
    }

    @Override
    public Path home() {
        return fakes.home();
    }

    @Override
    public Path cache() {
        return fakes.cache();
    }
}
