package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Parameters;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;

/**
 * Two linear layers with a ReLU between them, W₂ φ(W₁ h) (Chen et al. 2020, section 2.1; Su et al. 2021 use the same head).
 *
 * <p>The papers write no biases; the code released with BERT-CLRE has them, and so has the default here. Weights start uniform (Glorot and
 * Bengio 2010), biases at 0. Parameters are called {@code projection.0.*} and {@code projection.2.*}; number 1 is the ReLU.
 */
@Component(service = ComponentProvider.class)
@ComponentName("mlp")
@Doc("Two linear layers with a ReLU between them.")
@Source("Chen et al. 2020, section 2.1")
public final class MlpHead implements ComponentProvider<ProjectionHead, MlpHead.Config> {
    /** Settings. */
    public record Config(
            @Doc("Width between the layers; 0: as wide as the relation vector.") @Default("0") @Range("[0, inf)") int hidden,
            @Doc("P, the width of what is contrasted; 0: as wide as hidden.") @Default("0") @Range("[0, inf)") int out,
            @Doc("Whether the layers have biases.") @Default("true") boolean bias) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public ProjectionHead create(Config config, Parts parts) {
        return (width, allocator) -> {
            int hidden = config.hidden() == 0 ? width : config.hidden();
            int out = config.out() == 0 ? hidden : config.out();
            Parameters parameters = new Parameters();
            Dense first = Dense.glorot("projection.0", width, hidden, config.bias(), allocator, parameters);
            Dense second = Dense.glorot("projection.2", hidden, out, config.bias(), allocator, parameters);
            return new ProjectionHead.Projection() {
                @Override
                public Parameters parameters() {
                    return parameters;
                }

                @Override
                public NDArray project(NDArray relations, Step step) {
                    return second.of(Activation.relu(first.of(relations)));
                }
            };
        };
    }
}
