package {{package}};

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Contrast;
import relata.api.learn.Miner;

/** Hard negatives: of each anchor's negatives the {@code keep} that are nearest to it stay; of equally near ones the first. Positives all stay. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Keeps the negatives that are nearest to their anchor.")
@Source("after Robinson et al. 2021, Contrastive Learning with Hard Negative Samples")
public final class {{class}} implements ComponentProvider<Miner, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("How many negatives of each anchor stay.") @Default("8") @Range("[1, inf)") int keep) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Miner create(Config config, Parts parts) {
        return contrast -> new Contrast(contrast.similarity(), contrast.positive(), hardest(contrast, config.keep()), contrast.anchors());
    }

    /** The negative weights, those of easy ones 0, (A, C). Weights need no gradient, so that plain arrays do. */
    private static NDArray hardest(Contrast contrast, int keep) {
        float[] similarity = contrast.similarity().toFloatArray();
        float[] weights = contrast.negative().toFloatArray();
        int columns = (int) contrast.negative().getShape().get(1);
        for (int row = 0; row < weights.length; row += columns)
            IntStream.range(row, row + columns).filter(i -> weights[i] > 0).boxed()
                    .sorted(Comparator.comparingDouble(i -> -similarity[i])).skip(keep).forEach(easy -> weights[easy] = 0);
        return contrast.similarity().getManager().create(weights, contrast.negative().getShape());
    }
}
