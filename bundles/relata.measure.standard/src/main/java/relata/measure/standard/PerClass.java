package relata.measure.standard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Metric;

/**
 * For each label {@code precision:LABEL}, {@code recall:LABEL}, {@code f1:LABEL} and {@code support:LABEL}, how often it is gold; the label that means
 * <em>no relation</em> is shown like any other. 0/0 is 0.
 */
@Component(service = ComponentProvider.class)
@ComponentName("per-class")
@Doc("Precision, recall, F1 and gold count of each label.")
@Source("")
public final class PerClass implements ComponentProvider<Metric, PerClass.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Metric create(Config config, Parts parts) {
        return predictions -> {
            Map<String, Double> numbers = new LinkedHashMap<>();
            Counts.byLabel(predictions).forEach((label, counts) -> {
                numbers.put("precision:" + label, counts.precision());
                numbers.put("recall:" + label, counts.recall());
                numbers.put("f1:" + label, counts.f1());
                numbers.put("support:" + label, (double) counts.support());
            });
            return numbers;
        };
    }
}
