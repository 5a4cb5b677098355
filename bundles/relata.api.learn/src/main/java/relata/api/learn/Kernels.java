package relata.api.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Operators over arrays that the engine has and DJL's interface does not show. All are differentiable unless they work in place. */
@ProviderType
public interface Kernels {
    /**
     * Scaled dot-product attention: softmax(q kᵀ / √d + mask) v.
     *
     * @param q (B, heads, L, d); {@code k} and {@code v} alike
     * @param mask added to the scores, broadcast to (B, heads, L, L): 0, or a large negative number
     * @param dropout probability that an attention weight is dropped
     * @return (B, heads, L, d)
     */
    NDArray attention(NDArray q, NDArray k, NDArray v, NDArray mask, float dropout);

    /** Stable log(sum(exp(x))) over the last axis, which is kept with length 1. */
    NDArray logSumExp(NDArray x);

    /**
     * Cross-entropy of softmax, mean over rows.
     *
     * @param logits (R, K)
     * @param labels (R), int64; -100 is left out
     * @param smoothing label smoothing in [0, 1)
     */
    NDArray crossEntropy(NDArray logits, NDArray labels, float smoothing);

    /** A copy in another type through which the gradient flows. */
    NDArray cast(NDArray x, DataType type);

    /**
     * One AdamW step in place (Loshchilov and Hutter 2019), bias-corrected or not, for parameters of equal weight decay.
     *
     * @param parameters trained in place
     * @param gradients one for each
     * @param first first moments, in place
     * @param second second moments, in place
     * @param steps step counts, float32 scalars, in place; 0 before the first step
     * @param rate learning rate
     */
    void adamw(List<NDArray> parameters, List<NDArray> gradients, List<NDArray> first, List<NDArray> second, List<NDArray> steps,
            double rate, double beta1, double beta2, double epsilon, double decay, boolean biasCorrection);

    /**
     * One step of gradient descent in place: b ← momentum·b + g + decay·p and p ← p - rate·b, where b = g + decay·p without momentum.
     *
     * @param parameters trained in place
     * @param gradients one for each; used up
     * @param directions b, one for each, in place, 0 before the first step; none if {@code momentum} is 0
     * @param rate learning rate
     */
    void sgd(List<NDArray> parameters, List<NDArray> gradients, List<NDArray> directions, double rate, double momentum, double decay);

    /** Scales the gradients in place so that their joint L2 norm is at most {@code max}; returns the norm before. {@code max <= 0} only measures. */
    double clip(List<NDArray> gradients, double max);

    /** Sets the arrays to 0, NaN included. */
    void zero(List<NDArray> arrays);
}
