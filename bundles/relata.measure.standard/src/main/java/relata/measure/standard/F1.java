package relata.measure.standard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Predictions;

/**
 * Precision, recall and F1 over all labels, under the keys {@code micro-precision}, {@code micro-recall}, {@code micro-f1} (or {@code macro-},
 * {@code weighted-}).
 *
 * <ul>
 * <li><em>micro</em>: from the counts of all labels together;
 * <li><em>macro</em>: the mean over labels; labels that are neither gold nor predicted are left out; macro-f1 is the mean of F1, not the F1 of the means;
 * <li><em>weighted</em>: the mean weighted by how often a label is gold.
 * </ul>
 *
 * <p>With {@code joint}, the counts of {@code R(e1,e2)} and {@code R(e2,e1)} are those of one relation R before they are averaged; an answer in the wrong
 * direction is wrong all the same. The macro average of this is the official score of SemEval-2010 Task 8 (Hendrickx et al. 2010). Its keys begin with
 * {@code joint-}.
 *
 * <p>As usual in relation extraction, the label that means <em>no relation</em> is left out: answering it is neither right nor wrong, but a gold
 * relation that it hides is missed. With it, and one gold label a pair, all three micro numbers are the accuracy. 0/0 is 0 (nothing predicted: precision 0).
 */
@Component(service = ComponentProvider.class)
@ComponentName("f1")
@Doc("Precision, recall and F1 over all labels.")
@Source("van Rijsbergen 1979; joint directions: Hendrickx et al. 2010")
public final class F1 implements ComponentProvider<Metric, F1.Config> {
    private static final Pattern DIRECTION = Pattern.compile("\\((e1,e2|e2,e1)\\)$");

    /** How labels are averaged. */
    public enum Average {
        /** Counts of all labels together. */
        MICRO,
        /** The mean over labels. */
        MACRO,
        /** The mean weighted by gold counts. */
        WEIGHTED
    }

    /** Settings. */
    public record Config(
            @Doc("How labels are averaged.") @Default("micro") Average average,
            @Doc("Whether the label that means no relation is a label like any other.") @Default("false") boolean negative,
            @Doc("Whether R(e1,e2) and R(e2,e1) are counted together as R; with average macro the official score of SemEval-2010 Task 8.") @Default("false") boolean joint) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Metric create(Config config, Parts parts) {
        return predictions -> of(predictions, config);
    }

    private static Map<String, Double> of(Predictions predictions, Config config) {
        Map<String, Counts> labels = Counts.byLabel(predictions, config.negative());
        List<Counts> counts = List.copyOf((config.joint() ? joint(labels) : labels).values());
        String prefix = (config.joint() ? "joint-" : "") + config.average().name().toLowerCase(Locale.ROOT) + "-";
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put(prefix + "precision", average(counts, config.average(), Counts::precision));
        numbers.put(prefix + "recall", average(counts, config.average(), Counts::recall));
        numbers.put(prefix + "f1", average(counts, config.average(), Counts::f1));
        return numbers;
    }

    private static Map<String, Counts> joint(Map<String, Counts> labels) {
        Map<String, Counts> joint = new LinkedHashMap<>();
        labels.forEach((label, counts) -> joint.merge(DIRECTION.matcher(label).replaceFirst(""), counts, Counts::plus));
        return joint;
    }

    private static double average(List<Counts> counts, Average average, ToDoubleFunction<Counts> number) {
        return switch (average) {
            case MICRO -> number.applyAsDouble(Counts.sum(counts));
            case MACRO -> counts.stream().filter(c -> !c.empty()).mapToDouble(number).average().orElse(0);
            case WEIGHTED -> Counts.ratio(counts.stream().mapToDouble(c -> c.support() * number.applyAsDouble(c)).sum(), Counts.sum(counts).support());
        };
    }
}
