package relata.api.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;

/**
 * A method, as a graph of stages over parts: checked, with all defaults filled in.
 *
 * @param name its name
 * @param title one line for people, or empty
 * @param cite keys of the works it follows, e.g. {@code su-2021}
 * @param seed the seed of everything random
 * @param corpus where the examples come from
 * @param encoder the encoder; its kind is {@code encoder}
 * @param stages the stages by name, in the order of the file, each after those that it takes from
 * @param yaml the recipe with every default filled in and overrides applied; reading it gives an equal recipe
 */
public record Recipe(
        String name, String title, List<String> cite, long seed, Ref<CorpusReader> corpus, Ref<?> encoder, Map<String, Ref<Stage>> stages, String yaml) {
    public Recipe {
        cite = List.copyOf(cite);
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }
}
