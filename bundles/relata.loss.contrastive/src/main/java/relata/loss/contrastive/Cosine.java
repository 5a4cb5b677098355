package relata.loss.contrastive;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Similarity;

/** Cosine of the angle between two vectors, in [-1, 1]. A vector shorter than 1e-8 counts as one of that length, so the zero vector has similarity 0 to all. */
@Component(service = ComponentProvider.class)
@ComponentName("cosine")
@Doc("Cosine of the angle between two vectors, from -1 to 1.")
@Source("")
public final class Cosine implements ComponentProvider<Similarity, Cosine.Config> {
    private static final double SHORTEST = 1e-8;

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Similarity create(Config config, Parts parts) {
        return (anchors, candidates) -> anchors.normalize(2, 1, SHORTEST).matMul(candidates.normalize(2, 1, SHORTEST).transpose());
    }
}
