package relata.measure.standard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * How often each gold label was answered with each label: {@code GOLD -> PREDICTED}, in the order of labels, without zeros. A pair with several gold
 * labels counts once: under the one that was predicted, else under the first.
 */
@Component(service = ComponentProvider.class)
@ComponentName("confusion")
@Doc("How often each gold label was answered with each label.")
@Source("")
public final class Confusion implements ComponentProvider<Metric, Confusion.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Metric create(Config config, Parts parts) {
        return Confusion::of;
    }

    private static Map<String, Double> of(Predictions predictions) {
        List<String> order = new ArrayList<>(Counts.byLabel(predictions).keySet());
        TreeMap<Integer, TreeMap<Integer, Double>> cells = new TreeMap<>();
        for (Prediction p : predictions.items()) {
            if (p.gold().isEmpty()) continue;
            String gold = p.right() ? p.label() : p.gold().get(0);
            cells.computeIfAbsent(order.indexOf(gold), g -> new TreeMap<>()).merge(order.indexOf(p.label()), 1.0, Double::sum);
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        cells.forEach((gold, row) -> row.forEach((predicted, n) -> numbers.put(order.get(gold) + " -> " + order.get(predicted), n)));
        return numbers;
    }
}
