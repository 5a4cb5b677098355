package {{package}};

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Loss;
import relata.tensor.Masked;

/**
 * The contrastive loss of Hadsell et al. (2006), equation 4, with similarities in place of distances: for an anchor i with positives p and
 * negatives n, mean_p (1 - s_ip)² + mean_n max(0, s_in - m)². The mean is over the anchors that have a positive.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Pulls positives to similarity 1 and pushes negatives below a margin.")
@Source("after Hadsell et al. 2006, equation 4")
public final class {{class}} implements ComponentProvider<Loss, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("m: negatives of a similarity below this are left alone.") @Default("0.2") double margin) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Loss create(Config config, Parts parts) {
        // a float: a Java double would turn a float32 scalar into float64
        float margin = (float) config.margin();
        return c -> {
            NDArray s = c.similarity(); // (A, C)
            NDArray pull = Masked.mean(s.sub(1f).square(), c.positive()); // (A, 1)
            NDArray push = Masked.mean(s.sub(margin).maximum(0f).square(), c.negative()); // (A, 1)
            NDArray anchors = c.anchors().mul(c.positive().max(new int[] {1}).sign()); // (A), 0 without a positive
            return Masked.mean(pull.add(push).flatten(), anchors).squeeze();
        };
    }
}
