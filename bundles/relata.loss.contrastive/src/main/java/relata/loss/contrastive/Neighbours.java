package relata.loss.contrastive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Contrast;
import relata.api.learn.Miner;

/**
 * Keeps the pairs that the sampler drew: rows 0 and 1, 2 and 3, and so on; a last single row has no partner. What else meets in the batch by chance is not compared.
 * For samplers that draw pairs, such as {@code entity-pairs}, with one view of each example, and examples that ask about one pair.
 */
@Component(service = ComponentProvider.class)
@ComponentName("neighbours")
@Doc("Keeps the pairs of rows 0 and 1, 2 and 3, and so on: those that a sampler of pairs drew.")
@Source("Baldini Soares et al. 2019, section 4.3; Peng et al. 2020, released code")
public final class Neighbours implements ComponentProvider<Miner, Neighbours.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Miner create(Config config, Parts parts) {
        return Neighbours::mine;
    }

    private static Contrast mine(Contrast contrast) {
        Shape shape = contrast.similarity().getShape();
        int rows = (int) shape.get(0);
        int columns = (int) shape.get(1);
        float[] drawn = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            int partner = i ^ 1; // 0 and 1, 2 and 3
            if (partner < columns) drawn[i * columns + partner] = 1;
        }
        NDArray kept = contrast.similarity().getManager().create(drawn, shape);
        return new Contrast(contrast.similarity(), contrast.positive().mul(kept), contrast.negative().mul(kept), contrast.anchors());
    }
}
