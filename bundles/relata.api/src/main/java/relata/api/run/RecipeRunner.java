package relata.api.run;

import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.corpus.Corpus;

/** Runs recipes, one at a time. A service of the platform. */
@ProviderType
public interface RecipeRunner {
    /**
     * Runs all stages that are not finished yet.
     *
     * @param recipe what to do
     * @param folder where; a new folder, or that of an interrupted run of the same recipe
     * @param stop asked often; true makes the run stop at the next safe point
     * @param listener hears of it beside the registered listeners
     * @return {@link RunStatus#DONE} or {@link RunStatus#STOPPED}
     * @throws Exception if a stage failed; the message is for people
     */
    RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) throws Exception;

    /**
     * Checks what needs the corpus but no tensor: that the splits are there. Stages with a corpus of their own are checked when a run begins.
     *
     * @throws RecipeException with all mistakes
     */
    void check(Recipe recipe, Corpus corpus) throws RecipeException;
}
