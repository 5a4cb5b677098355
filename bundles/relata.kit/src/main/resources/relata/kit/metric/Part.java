package {{package}};

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
import relata.api.evaluate.Predictions;

/**
 * {@code balanced-accuracy}: the mean over the labels that are gold somewhere, <em>no relation</em> included, of the share of their pairs that are answered
 * with a gold label. So a rare relation counts as much as a frequent one. 0 if there are no pairs.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("The mean over labels of how many of each are found.")
@Source("Brodersen et al. 2010")
public final class {{class}} implements ComponentProvider<Metric, {{class}}.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Metric create(Config config, Parts parts) {
        return predictions -> Map.of("balanced-accuracy", balanced(predictions));
    }

    private static double balanced(Predictions predictions) {
        return predictions.labels().stream()
                .map(label -> predictions.items().stream().filter(p -> p.gold().contains(label)).toList())
                .filter(of -> !of.isEmpty())
                .mapToDouble({{class}}::found).average().orElse(0);
    }

    private static double found(List<Prediction> of) {
        return (double) of.stream().filter(Prediction::right).count() / of.size();
    }
}
