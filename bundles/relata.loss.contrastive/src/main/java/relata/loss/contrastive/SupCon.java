package relata.loss.contrastive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Contrast;
import relata.api.learn.Loss;
import relata.tensor.Masked;

/**
 * Supervised contrastive loss with the sum outside the logarithm (Khosla et al. 2020, eq. 2, L_out).
 *
 * <p>An anchor i costs the mean over its positives p, weighted by w⁺_ip, of &minus;log( e^(s_ip/τ) / Σ_a w_ia e^(s_ia/τ) ). The denominator holds all
 * positives with weight 1 and all negatives with weight w⁻, so that no anchor costs less than 0. The loss is the mean over the anchors that have a
 * positive, weighted by anchors_i; the others are left out. With one positive an anchor this is {@link NtXent}.
 *
 * <p>The authors' released code multiplies by τ / 0.07, so that the gradient keeps its size when τ changes; the paper does not, nor does this.
 */
@Component(service = ComponentProvider.class)
@ComponentName("supcon")
@Doc("Supervised contrastive loss: all positives of an anchor attract it, each against all other instances.")
@Source("Khosla et al. 2020, eq. 2 (L_out)")
public final class SupCon implements ComponentProvider<Loss, SupCon.Config> {
    /** Settings. */
    public record Config(@Doc("τ, divides the similarities: the lower, the more the nearest instances count.") @Default("0.1") @Range("(0, inf)") double temperature) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Loss create(Config config, Parts parts) {
        double temperature = config.temperature();
        return contrast -> loss(contrast, temperature);
    }

    private static NDArray loss(Contrast contrast, double temperature) {
        NDArray s = Temperature.scale(contrast.similarity(), temperature);
        NDArray attracts = contrast.positive().gt(0f).toType(DataType.FLOAT32, false);
        NDArray denominator = Masked.logSumExp(s, contrast.negative().add(attracts)); // (A, 1)
        NDArray terms = Masked.mean(denominator.sub(s), contrast.positive()); // (A, 1)
        NDArray weights = contrast.anchors().mul(attracts.max(new int[] {1}));
        return Masked.mean(terms.flatten(), weights).squeeze();
    }
}
