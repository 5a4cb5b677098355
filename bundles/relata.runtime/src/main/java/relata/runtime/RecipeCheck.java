package relata.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Objective;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.Stage;
import relata.api.view.Augmenter;

/** What is wrong with a recipe that only its corpus and the parts themselves tell, before anything is loaded. */
final class RecipeCheck {
    private final Recipe recipe;
    private final Parts parts;
    private final List<Mistake> mistakes = new ArrayList<>();

    private RecipeCheck(Recipe recipe, Parts parts) {
        this.recipe = recipe;
        this.parts = parts;
    }

    /** @param corpora the corpus of a stage; empty: what depends on it is not checked */
    static void check(Recipe recipe, Function<String, Optional<Corpus>> corpora, Parts parts) throws RecipeException {
        RecipeCheck check = new RecipeCheck(recipe, parts);
        recipe.stages().forEach((name, stage) -> check.stage("stages." + name + ".with", stage, corpora.apply(name)));
        if (!check.mistakes.isEmpty()) throw new RecipeException(recipe.name(), check.mistakes);
    }

    private void stage(String path, Ref<Stage> stage, Optional<Corpus> corpus) {
        corpus.ifPresent(c -> splits(path, stage.config(), c));
        for (SettingWalk.FoundPart objective : SettingWalk.parts(Objective.class, stage.config(), path)) vocabulary(objective);
        for (SettingWalk.FoundPart augmenter : SettingWalk.parts(Augmenter.class, stage.config(), path)) symbols(augmenter);
        if (stage.config() instanceof Train.Config train && train.best().isPresent()) best(path + ".best", train, train.best().get(), corpus);
        if (stage.config() instanceof Report.Config report) report.columns().forEach((title, stages) -> column(path + ".columns." + title, stages));
    }

    private void wrong(String path, String message) {
        mistakes.add(new Mistake(-1, path, message));
    }

    private void splits(String path, Record config, Corpus corpus) {
        for (SettingWalk.Found split : SettingWalk.splits(config, path))
            if (!corpus.splits().containsKey(split.value()))
                wrong(split.path(), "corpus '" + corpus.name() + "' has no split '" + split.value() + "'. It has: " + String.join(", ", corpus.splits().keySet()) + ".");
    }

    private void vocabulary(SettingWalk.FoundPart objective) {
        if (!parts.create(OpenModel.cast(Objective.class, objective.ref())).needsVocabulary()) return;
        if (parts.create(OpenModel.cast(EncoderLoader.class, recipe.encoder())).hasVocabulary()) return;
        wrong(objective.path(), "objective '" + objective.ref().name() + "' needs an encoder that reads sub-words of a vocabulary, such as transformer, but the recipe's encoder '"
                + recipe.encoder().name() + "' has none.");
    }

    /** A symbol that falls into pieces still trains, but is no longer what the text lacks. */
    private void symbols(SettingWalk.FoundPart augmenter) {
        EncoderLoader encoder = parts.create(OpenModel.cast(EncoderLoader.class, recipe.encoder()));
        for (String symbol : parts.create(OpenModel.cast(Augmenter.class, augmenter.ref())).symbols())
            if (!encoder.keepsWhole(symbol))
                wrong(augmenter.path(), "augmenter '" + augmenter.ref().name() + "' puts '" + symbol + "' in the place of words, which the recipe's encoder '" + recipe.encoder().name()
                        + "' would split into pieces: add it to the encoder's symbols, e.g. symbols: ['" + symbol + "'].");
    }

    private void best(String path, Train.Config train, Train.Best best, Optional<Corpus> corpus) {
        if (best.episodes().isEmpty() && train.objectives().stream().noneMatch(o -> parts.create(o).classifies())) {
            wrong(path, DevelopmentScore.needsAHead(best));
            return;
        }
        // a split that is missing has been told of already
        if (corpus.isPresent() && corpus.get().splits().containsKey(best.split())) DevelopmentScore.problem(best, corpus.get(), parts).ifPresent(problem -> wrong(path, problem));
    }

    /** Two stages of one column that answer the same few-shot task would leave open whose answer is shown. */
    private void column(String path, List<String> stages) {
        Map<FewShot.Task, String> stageOf = new LinkedHashMap<>();
        for (String name : stages) {
            Ref<Stage> stage = recipe.stages().get(name);
            if (stage == null || !(stage.config() instanceof FewShot.Config config)) continue;
            for (FewShot.Task task : config.tasks()) {
                String before = stageOf.put(task, name);
                if (before != null && !before.equals(name))
                    wrong(path, "stages '" + before + "' and '" + name + "' both answer " + new Episodes.Plan(task.ways(), task.shots(), 1, 0).title() + ": show them in columns of their own.");
            }
        }
    }
}
