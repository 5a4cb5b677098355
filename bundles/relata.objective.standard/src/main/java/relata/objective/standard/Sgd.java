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
 * Stochastic gradient descent with momentum: with gradient g, b ← μb + g + decay·p and p ← p - rate·b. Without momentum μ = 0.
 *
 * <p>The decay is that of an L2 penalty, part of the gradient and so of the momentum, not {@link AdamW}'s decoupled one; biases and layer
 * normalisations have none. Gradients are clipped by their joint norm before the decay is added. A parameter whose gradient has been 0 so
 * far takes no part in the loss: it is left alone, decay included, until its first other gradient.
 */
@Component(service = ComponentProvider.class)
@ComponentName("sgd")
@Doc("Stochastic gradient descent, with momentum, weight decay, warm-up and gradient clipping if asked for.")
@Source("Robbins and Monro 1951; momentum: Polyak 1964, in the form of Sutskever et al. 2013 without Nesterov's look ahead")
public final class Sgd implements ComponentProvider<Optimiser, Sgd.Config> {
    /** Settings. */
    public record Config(
            @Doc("Learning rate after the warm-up.") @Default("0.1") @Range("(0, inf)") double rate,
            @Doc("Share of all updates in which the rate rises from near 0.") @Default("0") @Range("[0, 1)") double warmup,
            @Doc("Number of updates in which the rate rises, instead of warmup.") @Range("[0, inf)") Optional<Integer> warmupSteps,
            @Doc("What the rate does after the warm-up: linear and cosine fall to 0 at the end.") @Default("constant") Schedule schedule,
            @Doc("Share of the last step's direction that is kept.") @Default("0") @Range("[0, 1)") double momentum,
            @Doc("Weight decay, as of an L2 penalty; biases and layer normalisations have none.") @Default("0") @Range("[0, inf)") double decay,
            @Doc("Largest joint L2 norm of all gradients; 0 does not clip.") @Default("0") @Range("[0, inf)") double clip) {
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
                return new SgdUpdates(config, engine, manager, parameters, steps);
            }
        };
    }
}
