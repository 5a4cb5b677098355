package relata.example;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Loss;
import relata.tensor.Masked;

/**
 * Multi-similarity loss (Wang et al. 2019): for an anchor i with positives p and negatives n,
 * 1/α · log(1 + Σ_p w⁺_ip e^(-α(s_ip - λ))) + 1/β · log(1 + Σ_n w⁻_in e^(β(s_in - λ))).
 *
 * <p>The paper's mining of pairs is not part of it. The mean is over the anchors that have a positive; the paper divides by the whole batch.
 */
@Component(service = ComponentProvider.class)
@ComponentName("multi-similarity")
@Doc("Pulls positives above a similarity and pushes negatives below it, the hardest ones most.")
@Source("Wang et al. 2019, Multi-Similarity Loss with General Pair Weighting")
public final class MultiSimilarity implements ComponentProvider<Loss, MultiSimilarity.Config> {
    /** Settings. */
    public record Config(
            @Doc("α: the higher, the more the farthest positives count.") @Default("2") @Range("(0, inf)") double alpha,
            @Doc("β: the higher, the more the nearest negatives count.") @Default("50") @Range("(0, inf)") double beta,
            @Doc("λ: the similarity that positives should exceed and negatives not reach.") @Default("1") double threshold) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Loss create(Config config, Parts parts) {
        // floats: a Java double would turn a float32 scalar into float64
        float alpha = (float) config.alpha();
        float beta = (float) config.beta();
        float threshold = (float) config.threshold();
        return c -> {
            NDArray s = c.similarity().sub(threshold); // (A, C)
            NDArray pull = Masked.softplus(Masked.logSumExp(s.mul(-alpha), c.positive())).div(alpha); // (A, 1), log(1 + eˣ) = softplus(x)
            NDArray push = Masked.softplus(Masked.logSumExp(s.mul(beta), c.negative())).div(beta); // (A, 1)
            NDArray anchors = c.anchors().mul(c.positive().max(new int[] {1}).sign()); // (A), 0 without a positive
            return Masked.mean(pull.add(push).flatten(), anchors).squeeze();
        };
    }
}
