package relata.api.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;

/** Sets the results of runs side by side. A service of the platform. */
@ProviderType
public interface Comparisons {
    /**
     * One figure of several runs as a table. What cannot be in it is named in its notes.
     *
     * @throws ResultException if the runs have nothing to show, or the request does not fit them
     * @throws IOException if a run's files are damaged
     * @throws RecipeException if the metric that the comparison needs is no longer installed
     */
    ResultTable table(List<RunFolder> runs, TableRequest request) throws ResultException, IOException, RecipeException;

    /**
     * The numbers of one evaluation when the answers of several runs are judged as those of one test: the folds of a cross-validation.
     *
     * @param runs the folders of the runs, at least one
     * @param settings the settings of their recipe, by path
     * @param stage the evaluation's name
     * @return the numbers in the order of the metrics; none if one of the runs left no answers
     */
    Map<String, Double> pooled(List<Path> runs, Map<String, String> settings, String stage) throws IOException, RecipeException;
}
