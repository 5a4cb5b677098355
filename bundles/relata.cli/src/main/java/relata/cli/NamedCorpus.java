package relata.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import relata.api.corpus.Corpus;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;

/** A corpus as the command line names it: a reader with settings, or that of a recipe. */
final class NamedCorpus {
    private NamedCorpus() {}

    /**
     * Reads it.
     *
     * @param name a corpus reader, or else a recipe
     * @param settings of the reader, or of the recipe's corpus
     */
    static Corpus read(Services services, String name, Map<String, String> settings) throws Failure, IOException, RecipeException {
        if (services.catalogue().find("corpus", name).isPresent()) return new Inputs(services).reader(name, settings).read();
        RecipeFile file;
        try {
            file = RecipeFile.find(services.home(), name);
        } catch (Failure e) {
            String readers = String.join(", ", services.catalogue().parts("corpus").stream().map(p -> p.name()).toList());
            throw Failure.wrongUse("'" + name + "' is neither a corpus reader (" + readers + ") nor a recipe: " + e.getMessage());
        }
        Map<String, String> overrides = new LinkedHashMap<>();
        settings.forEach((key, value) -> overrides.put("corpus.with." + key, value));
        Recipe recipe = services.recipes().read(file.path().toString(), file.text(), overrides);
        return services.workbench().create(recipe.corpus()).read();
    }
}
