package relata.api.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.evaluate.Predictions;

/** Reads what the stages of a run left, also of a run that is under way or whose parts are no longer installed. A service of the platform. */
@ProviderType
public interface Results {
    /** The names of a run's stages, also of those that have not begun, in the order of the recipe. @param run its folder */
    List<String> stages(Path run) throws IOException;

    /**
     * The figures of a run: stage to metric to number; stages in the order of the recipe, metrics in their own order.
     *
     * @param run its folder
     * @throws IOException if a file is damaged; the message names it
     */
    Map<String, Map<String, Double>> figures(Path run) throws IOException;

    /** {@link #figures} with {@code stage.metric} as keys. */
    default Map<String, Double> flat(Path run) throws IOException {
        Map<String, Double> flat = new LinkedHashMap<>();
        figures(run).forEach((stage, numbers) -> numbers.forEach((metric, number) -> flat.put(stage + "." + metric, number)));
        return flat;
    }

    /**
     * The answers that an evaluation left, in the order of its split; empty if it left none.
     *
     * @param stage the stage's folder
     * @throws IOException if a file is damaged; the message names file and line
     */
    Optional<Predictions> answers(Path stage) throws IOException;

    /** The text of the last of some stages that left a report. @param run its folder */
    Optional<String> report(Path run, List<String> stages) throws IOException;

    /** True for the numbers that sum a model up; false for those of single relations and of the cells of a confusion matrix. */
    static boolean headline(String metric) {
        return !metric.contains("[") && !metric.contains(" ") && !metric.contains(":") && !metric.contains("/");
    }
}
