package relata.measure.standard;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;

/** {@code accuracy}: the share of pairs whose predicted label is a gold one, <em>no relation</em> included; 0 if there are no pairs. */
@Component(service = ComponentProvider.class)
@ComponentName("accuracy")
@Doc("The share of pairs that are answered with a gold label.")
@Source("")
public final class Accuracy implements ComponentProvider<Metric, Accuracy.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Metric create(Config config, Parts parts) {
        return predictions -> {
            List<Prediction> known = predictions.items().stream().filter(p -> !p.gold().isEmpty()).toList();
            return Map.of("accuracy", Counts.ratio(known.stream().filter(Prediction::right).count(), known.size()));
        };
    }
}
