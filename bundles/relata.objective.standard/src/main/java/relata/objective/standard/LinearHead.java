package relata.objective.standard;

import ai.djl.ndarray.NDArray;
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

/** One linear layer, W h + b. Weights start uniform (Glorot and Bengio 2010), biases at 0. Parameters are called {@code projection.0.*}. */
@Component(service = ComponentProvider.class)
@ComponentName("linear")
@Doc("One linear layer.")
@Source("Chen et al. 2020, section 4.2")
public final class LinearHead implements ComponentProvider<ProjectionHead, LinearHead.Config> {
    /** Settings. */
    public record Config(
            @Doc("P, the width of what is contrasted; 0: as wide as the relation vector.") @Default("0") @Range("[0, inf)") int out,
            @Doc("Whether the layer has a bias.") @Default("true") boolean bias) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public ProjectionHead create(Config config, Parts parts) {
        return (width, allocator) -> {
            Parameters parameters = new Parameters();
            Dense layer = Dense.glorot("projection.0", width, config.out() == 0 ? width : config.out(), config.bias(), allocator, parameters);
            return new ProjectionHead.Projection() {
                @Override
                public Parameters parameters() {
                    return parameters;
                }

                @Override
                public NDArray project(NDArray relations, Step step) {
                    return layer.of(relations);
                }
            };
        };
    }
}
