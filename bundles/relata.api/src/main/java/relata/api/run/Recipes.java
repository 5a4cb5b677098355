package relata.api.run;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.component.Ref;

/** Reads recipes. A service of the platform. */
@ProviderType
public interface Recipes {
    /**
     * Reads and checks a recipe.
     *
     * @param source where the text comes from, for messages: a file name
     * @param yaml the text
     * @param overrides path to YAML value, e.g. {@code stages.pretrain.with.epochs} to {@code 3}
     * @throws RecipeException with all mistakes
     */
    Recipe read(String source, String yaml, Map<String, String> overrides) throws RecipeException;

    /**
     * Makes a reference to one part from settings given as text, e.g. from {@code --with temperature=0.1}.
     *
     * @param kind the word of the kind
     * @param name the part's name
     * @param settings path within the part's settings to YAML value
     * @throws RecipeException with all mistakes
     */
    Ref<?> part(String kind, String name, Map<String, String> settings) throws RecipeException;

    /** The YAML of a reference, {@code { use: NAME, with: {...} }} with all defaults filled in, on one line; {@link #parse} reads it back. */
    String render(Ref<?> ref);

    /**
     * Reads back what {@link #render} wrote.
     *
     * @throws RecipeException if the part or a setting is no longer known
     */
    Ref<?> parse(String kind, String rendered) throws RecipeException;

    /**
     * The single values of a recipe as they are written: path to text, in the order of the recipe, e.g. {@code stages.pretrain.with.epochs} to {@code 3}.
     * Nothing is checked, so that a recipe can be looked at whose parts are no longer installed. An empty list is {@code []}, an empty map {@code {}}.
     *
     * @param source where the text comes from, for messages
     * @throws RecipeException if it is no YAML
     */
    default Map<String, String> settings(String source, String yaml) throws RecipeException {
        throw new UnsupportedOperationException("these recipes cannot be taken apart");
    }

    /** A JSON Schema of recipes over the parts that are installed now, for editors; {@code {}}, which allows everything, if none can be made. */
    default String schema() {
        return "{}";
    }
}
