package relata.loss.contrastive;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Similarity;

/**
 * The squared Euclidean distance of two vectors, negated: -‖a - c‖² = -Σₖ (aₖ - cₖ)², from -infinity to 0. With it, a softmax over class means is a
 * linear model (Snell et al. 2017, section 2.4).
 */
@Component(service = ComponentProvider.class)
@ComponentName("squared-euclidean")
@Doc("Squared Euclidean distance of two vectors, negated so that larger is nearer.")
@Source("Snell et al. 2017, section 2.4")
public final class SquaredEuclidean implements ComponentProvider<Similarity, SquaredEuclidean.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Similarity create(Config config, Parts parts) {
        return (anchors, candidates) -> anchors.expandDims(1).sub(candidates.expandDims(0)).square().sum(new int[] {2}).neg();
    }
}
