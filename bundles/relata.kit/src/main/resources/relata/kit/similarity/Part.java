package {{package}};

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Similarity;

/** Student's t as a kernel (van der Maaten and Hinton 2008, equation 4): 1 / (1 + ‖a - c‖² / scale²), from 0 to 1. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("1 / (1 + d²), d being the Euclidean distance of two vectors.")
@Source("van der Maaten and Hinton 2008, equation 4")
public final class {{class}} implements ComponentProvider<Similarity, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("The distance at which the similarity is 1/2.") @Default("1") @Range("(0, inf)") double scale) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Similarity create(Config config, Parts parts) {
        float scale = (float) config.scale();
        return (anchors, candidates) -> {
            NDArray apart = anchors.expandDims(1).sub(candidates.expandDims(0)).div(scale); // (A, C, P)
            return apart.square().sum(new int[] {2}).add(1f).pow(-1f); // (A, C)
        };
    }
}
