package relata.console.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.evaluate.Predictions;
import relata.api.result.Results;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.console.rest.Refusal;

/** The answers of evaluations, from run folders; the last ones are kept. */
@Component(service = Answered.class)
public final class Answered {
    private static final int KEPT = 6;

    /**
     * An evaluation with answers.
     *
     * @param model the stage whose model was judged
     * @param split what it was judged on
     */
    record Evaluation(String stage, String model, String split, Predictions predictions) {}

    private record Version(Path file, long modified, long size) {}

    private final Results results;
    private final Recipes recipes;
    private final Map<Version, Predictions> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, Predictions> eldest) {
            return size() > KEPT;
        }
    };

    /** With what reads folders and recipes. */
    @Activate
    public Answered(@Reference Results results, @Reference Recipes recipes) {
        this.results = results;
        this.recipes = recipes;
    }

    /** What reads folders. */
    Results results() {
        return results;
    }

    /** The stages of a run that left answers, in the order of its recipe. */
    List<String> stages(RunFolder run) throws IOException {
        return results.stages(run.path()).stream().filter(s -> Files.isRegularFile(file(run, s)) && Files.isRegularFile(folder(run, s).resolve("evaluation.json"))).toList();
    }

    /** The answers of a stage. @param stage one of those that left answers; empty: the last. @throws Refusal if it left none */
    Evaluation of(RunFolder run, String stage) throws Refusal, IOException {
        List<String> stages = stages(run);
        if (stages.isEmpty()) throw new Refusal(404, "no-answers", "The run " + run.id() + " holds no answers: a stage of the kind evaluate makes them, once it is done.");
        String named = stage.isEmpty() ? stages.get(stages.size() - 1) : stage;
        Predictions predictions = stages.contains(named) ? read(run, named).orElse(null) : null;
        if (predictions == null) throw new Refusal(404, "no-answers", "The stage '" + stage + "' of " + run.id() + " holds no answers.", stages.stream().map(s -> s + " does.").toList());
        Map<String, String> settings = settings(run);
        return new Evaluation(named, settings.getOrDefault("stages." + named + ".with.model", ""), settings.getOrDefault("stages." + named + ".with.split", ""), predictions);
    }

    /** The answers of a model on a split, if it was judged on it. */
    Optional<Evaluation> of(RunFolder run, String model, String split) throws Refusal, IOException {
        for (String stage : stages(run)) {
            Evaluation evaluation = of(run, stage);
            if (evaluation.model().equals(model) && evaluation.split().equals(split)) return Optional.of(evaluation);
        }
        return Optional.empty();
    }

    /** The settings of a run's recipe, by path; none if it cannot be read. */
    Map<String, String> settings(RunFolder run) {
        try {
            return recipes.settings(run.id(), run.recipe());
        } catch (RecipeException e) {
            return Map.of();
        }
    }

    private synchronized Optional<Predictions> read(RunFolder run, String stage) throws IOException {
        Path file = file(run, stage);
        Version version = new Version(file, Files.getLastModifiedTime(file).toMillis(), Files.size(file));
        Predictions known = kept.get(version);
        if (known != null) return Optional.of(known);
        Optional<Predictions> read = results.answers(folder(run, stage));
        read.ifPresent(p -> kept.put(version, p));
        return read;
    }

    private static Path folder(RunFolder run, String stage) {
        return run.path().resolve("stages").resolve(stage);
    }

    private static Path file(RunFolder run, String stage) {
        return folder(run, stage).resolve("predictions.jsonl");
    }
}
