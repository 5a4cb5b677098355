package relata.objective.standard;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;

/**
 * Adam with decoupled weight decay: with gradient g, m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², and p ← p - rate·(m̂/(√v̂ + ε) + decay·p), where
 * m̂ = m/(1-β₁ᵗ) and v̂ = v/(1-β₂ᵗ). Without bias correction m̂ = m and v̂ = v, as in BERT's own optimiser.
 *
 * <p>As in BERT, biases and layer normalisations do not decay, and gradients are clipped by their joint norm before the update. A parameter
 * whose gradient has been 0 so far takes no part in the loss: it is left alone, decay included, until its first other gradient.
 */
@Component(service = ComponentProvider.class)
@ComponentName("adamw")
@Doc("Adam with decoupled weight decay, warm-up and gradient clipping.")
@Source("Loshchilov and Hutter 2019; decay groups, clipping and the form without bias correction: Devlin et al. 2019")
public final class AdamW implements ComponentProvider<Optimiser, AdamW.Config> {
    /** Settings. */
    public record Config(
            @Doc("Learning rate after the warm-up.") @Default("2e-5") @Range("(0, inf)") double rate,
            @Doc("Share of all updates in which the rate rises from near 0.") @Default("0.1") @Range("[0, 1)") double warmup,
            @Doc("Number of updates in which the rate rises, instead of warmup.") @Range("[0, inf)") Optional<Integer> warmupSteps,
            @Doc("What the rate does after the warm-up: linear and cosine fall to 0 at the end.") @Default("linear") Schedule schedule,
            @Doc("Weight decay; biases and layer normalisations have none.") @Default("0.01") @Range("[0, inf)") double decay,
            @Doc("Share of the old mean of gradients that is kept.") @Default("0.9") @Range("[0, 1)") double beta1,
            @Doc("Share of the old mean of squared gradients that is kept.") @Default("0.999") @Range("[0, 1)") double beta2,
            @Doc("Added to the root of the mean square, so that nothing is divided by 0.") @Default("1e-6") @Range("(0, inf)") double epsilon,
            @Doc("Largest joint L2 norm of all gradients; 0 does not clip.") @Default("1.0") @Range("[0, inf)") double clip,
            @Doc("Whether the means are corrected for having started at 0; BERT's own optimiser does not.") @Default("true") boolean biasCorrection) {
        /** Number of updates in the warm-up, if there are so many in all. */
        long warmupUpdates(long total) {
            return warmupSteps.map(Integer::longValue).orElseGet(() -> Math.round(warmup * total));
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Optimiser create(Config config, Parts parts) {
        return new Optimiser() {
            @Override
            public Updates open(Engine engine, NDManager manager, Parameters parameters, long steps) {
                return new AdamWUpdates(config, engine, manager, parameters, steps);
            }
        };
    }
}
