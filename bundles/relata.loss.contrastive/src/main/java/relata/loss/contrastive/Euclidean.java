package relata.loss.contrastive;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Similarity;

/**
 * Negative Euclidean distance, -√(Σ(a - c)² + 1e-12): 0 is nearest (the small number keeps the gradient of equal vectors finite, at 0).
 *
 * <p>Differences are taken one by one, since |a|² - 2ac + |c|² loses near neighbours to rounding; that takes memory for A · C · P numbers.
 */
@Component(service = ComponentProvider.class)
@ComponentName("euclidean")
@Doc("Euclidean distance of two vectors, negated so that larger is nearer.")
@Source("")
public final class Euclidean implements ComponentProvider<Similarity, Euclidean.Config> {
    private static final float ZERO = 1e-12f;

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Similarity create(Config config, Parts parts) {
        return (anchors, candidates) ->
                anchors.expandDims(1).sub(candidates.expandDims(0)).square().sum(new int[] {2}).add(ZERO).sqrt().neg();
    }
}
