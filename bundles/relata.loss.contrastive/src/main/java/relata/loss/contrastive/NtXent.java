package relata.loss.contrastive;

import ai.djl.ndarray.NDArray;
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
 * The normalised, temperature-scaled cross-entropy of SimCLR (Chen et al. 2020, eq. 1), with which Su et al. (2021, section 3.1.4) train BERT-CLRE.
 *
 * <p>Each positive j of an anchor i is a term of its own, &minus;log( e^(s_ij/τ) / (e^(s_ij/τ) + Σ_k w⁻_ik e^(s_ik/τ)) ), where w⁻ weighs the
 * negatives. Other positives of the same anchor are not in the denominator; in {@link SupCon} they are. The loss is the mean of all terms, weighted
 * by anchors_i · w⁺_ij. With two views of each of N sentences and weights of 1 this is the mean over the 2N anchors of the two papers.
 *
 * <p>Similarities should be cosines. A memory, prototypes or mined pairs need nothing else: they are more columns, or other weights.
 */
@Component(service = ComponentProvider.class)
@ComponentName("nt-xent")
@Doc("Cross-entropy of picking the positive among itself and all negatives, by temperature-scaled similarity.")
@Source("Chen et al. 2020, eq. 1; Su et al. 2021, section 3.1.4")
public final class NtXent implements ComponentProvider<Loss, NtXent.Config> {
    /** What the mean of all terms is multiplied with. */
    public enum Scale {
        /** By 1, as published. */
        MEAN,
        /** By 2 / Σ anchors: the code released with BERT-CLRE divides by the number N of sentences once more, and has two anchors a sentence. */
        RELEASED
    }

    /** Settings. */
    public record Config(
            @Doc("τ, divides the similarities: the lower, the more the nearest negatives count.") @Default("0.1") @Range("(0, inf)") double temperature,
            @Doc("mean, as published, or released: divided once more by the number of sentences (half the anchors), as in the code of Su et al.")
                    @Default("mean") Scale scale) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Loss create(Config config, Parts parts) {
        double temperature = config.temperature();
        return switch (config.scale()) {
            case MEAN -> contrast -> mean(contrast, temperature);
            case RELEASED -> contrast -> mean(contrast, temperature).div(contrast.anchors().sum().maximum(Float.MIN_NORMAL)).mul(2f);
        };
    }

    private static NDArray mean(Contrast contrast, double temperature) {
        NDArray s = Temperature.scale(contrast.similarity(), temperature);
        // -log(e^s / (e^s + e^n)) = softplus(n - s), where e^n sums the negatives: (A, C) and (A, 1)
        NDArray terms = Masked.softplus(Masked.logSumExp(s, contrast.negative()).sub(s));
        NDArray weights = contrast.positive().mul(contrast.anchors().expandDims(1));
        return Masked.mean(terms.flatten(), weights.flatten()).squeeze();
    }
}
