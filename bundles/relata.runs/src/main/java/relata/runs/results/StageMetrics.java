package relata.runs.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Ref;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Predictions;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.Workbench;

/** The metrics of an evaluation, made anew from its recipe's settings, to judge other answers than those of the run itself. */
final class StageMetrics {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final List<Metric> metrics = new ArrayList<>();

    /**
     * Of a stage.
     *
     * @param settings the recipe's, by path
     * @throws RecipeException if a metric is not installed
     */
    StageMetrics(Recipes recipes, Workbench workbench, Map<String, String> settings, String stage) throws RecipeException {
        for (int i = 0; ; i++) {
            String path = "stages." + stage + ".with.metrics[" + i + "].";
            String name = settings.get(path + "use");
            if (name == null) break;
            Map<String, String> with = new LinkedHashMap<>();
            settings.forEach((key, value) -> {
                if (key.startsWith(path + "with.")) with.put(key.substring(path.length() + "with.".length()), yaml(value));
            });
            metrics.add(workbench.create(metric(recipes.part("metric", name, with))));
        }
    }

    private static String yaml(String value) {
        return value.equals("[]") || value.equals("{}") || value.equals("null") ? value : GSON.toJson(value);
    }

    private static Ref<Metric> metric(Ref<?> ref) {
        if (ref.kind() != Metric.class) throw new IllegalStateException("'" + ref.name() + "' is no Metric");
        return new Ref<>(Metric.class, ref.name(), ref.config());
    }

    /** All numbers, in the order of the metrics. */
    Map<String, Double> of(Predictions predictions) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Metric metric : metrics) numbers.putAll(metric.of(predictions));
        return numbers;
    }

    /** The metric that gives a number. */
    Optional<Metric> giving(String number, Predictions predictions) {
        return metrics.stream().filter(m -> m.of(predictions).containsKey(number)).findFirst();
    }
}
