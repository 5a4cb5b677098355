package relata.runtime;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.run.Recipe;
import relata.api.run.Stage;

/**
 * What the stages of a run read.
 *
 * @param recipe the recipe's corpus
 * @param own the corpora of the stages that name one, by stage, in the recipe's order
 */
record Corpora(Corpus recipe, Map<String, Corpus> own) {
    Corpora {
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
    }

    /** What a recipe's stages read, by the paths of the settings that name it; the recipe's own first. */
    static Map<String, Ref<CorpusReader>> named(Recipe recipe) {
        Map<String, Ref<CorpusReader>> named = new LinkedHashMap<>();
        named.put("corpus", recipe.corpus());
        recipe.stages().forEach((name, stage) -> SettingWalk.corpus(stage.config()).ifPresent(own -> named.put("stages." + name + ".with.corpus", own)));
        return named;
    }

    /** @param read all of {@link #named} */
    static Corpora of(Recipe recipe, Map<Ref<CorpusReader>, Corpus> read) {
        Map<String, Corpus> own = new LinkedHashMap<>();
        recipe.stages().forEach((name, stage) -> SettingWalk.corpus(stage.config()).ifPresent(named -> own.put(name, read.get(named))));
        return new Corpora(read.get(recipe.corpus()), own);
    }

    /** The corpus that a stage names, or else the recipe's. */
    static Ref<CorpusReader> named(Recipe recipe, Ref<Stage> stage) {
        return SettingWalk.corpus(stage.config()).orElse(recipe.corpus());
    }

    /** Reads the corpus of one stage alone. */
    static Corpus read(Recipe recipe, String stage, Parts parts) throws IOException {
        Ref<Stage> ref = recipe.stages().get(stage);
        if (ref == null) throw new IllegalArgumentException("recipe '" + recipe.name() + "' has no stage '" + stage + "'. It has: " + String.join(", ", recipe.stages().keySet()));
        return parts.create(named(recipe, ref)).read();
    }

    /** The corpus of a stage. */
    Corpus of(String stage) {
        return own.getOrDefault(stage, recipe);
    }
}
