package relata.loss.contrastive;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Contrast;
import relata.api.learn.Loss;
import relata.tensor.Masked;

/**
 * Matching the blanks (Baldini Soares et al. 2019, eq. 1): for each pair of instances the binary question whether they speak of the same two entities,
 * answered with the probability σ(s).
 *
 * <p>A positive pair costs &minus;log σ(s), a negative one &minus;log(1 &minus; σ(s)), which is binary cross-entropy with logits s. The loss is the mean over all pairs,
 * weighted by anchors_i · w⁺_ij and anchors_i · w⁻_ij. An anchor is not set against its other candidates, as it is in {@link NtXent}: how many negatives there are
 * to a positive matters, and the paper draws them; sampler {@code entity-pairs} and miner {@code neighbours} do so.
 *
 * <p>Similarities should be inner products, as in the paper: σ of a cosine lies between 0.27 and 0.73. Where nothing attracts anything, the loss is 0.
 */
@Component(service = ComponentProvider.class)
@ComponentName("mtb")
@Doc("Matching the blanks: binary cross-entropy of telling positive from negative pairs, with the similarity as logit.")
@Source("Baldini Soares et al. 2019, eq. 1; Peng et al. 2020, appendix A")
public final class Mtb implements ComponentProvider<Loss, Mtb.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Loss create(Config config, Parts parts) {
        return Mtb::loss;
    }

    private static NDArray loss(Contrast contrast) {
        NDArray s = contrast.similarity();
        NDArray anchors = contrast.anchors().expandDims(1); // (A, 1)
        NDArray positive = contrast.positive().mul(anchors);
        NDArray negative = contrast.negative().mul(anchors).mul(positive.sum().sign()); // without attraction all 0
        // -log σ(s) = softplus(-s), -log(1 - σ(s)) = softplus(s): (2A, C)
        NDArray terms = Masked.softplus(s.neg()).concat(Masked.softplus(s));
        return Masked.mean(terms.flatten(), positive.concat(negative).flatten()).squeeze();
    }
}
