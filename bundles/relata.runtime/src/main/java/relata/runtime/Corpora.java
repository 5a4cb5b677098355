package relata.runtime;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
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

    /** Reads them all, equal ones once. */
    static Corpora read(Recipe recipe, Parts parts) throws IOException {
        Map<Ref<CorpusReader>, Corpus> read = new HashMap<>();
        Map<String, Corpus> own = new LinkedHashMap<>();
        read.put(recipe.corpus(), parts.create(recipe.corpus()).read());
        for (Map.Entry<String, Ref<Stage>> stage : recipe.stages().entrySet()) {
            Optional<Ref<CorpusReader>> named = SettingWalk.corpus(stage.getValue().config());
            if (named.isEmpty()) continue;
            Corpus corpus = read.get(named.get());
            if (corpus == null) read.put(named.get(), corpus = parts.create(named.get()).read());
            own.put(stage.getKey(), corpus);
        }
        return new Corpora(read.get(recipe.corpus()), own);
    }

    /** Reads the corpus of one stage alone. */
    static Corpus read(Recipe recipe, String stage, Parts parts) throws IOException {
        Ref<Stage> ref = recipe.stages().get(stage);
        if (ref == null) throw new IllegalArgumentException("recipe '" + recipe.name() + "' has no stage '" + stage + "'. It has: " + String.join(", ", recipe.stages().keySet()));
        return parts.create(SettingWalk.corpus(ref.config()).orElse(recipe.corpus())).read();
    }

    /** The corpus of a stage. */
    Corpus of(String stage) {
        return own.getOrDefault(stage, recipe);
    }
}
