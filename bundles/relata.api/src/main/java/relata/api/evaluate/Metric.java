package relata.api.evaluate;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Numbers that judge predictions. */
@ConsumerType
@Kind("metric")
public interface Metric {
    /**
     * Named numbers, in the order in which they should be shown, e.g. {@code micro-f1}. Predictions without gold labels are not counted.
     * 0/0 is 0 where the field says so; the documentation of the metric says which.
     */
    Map<String, Double> of(Predictions predictions);
}
