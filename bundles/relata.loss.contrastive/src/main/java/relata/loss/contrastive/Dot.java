package relata.loss.contrastive;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Similarity;

/** Inner product of two vectors. Not bounded: a loss sees it as it is. */
@Component(service = ComponentProvider.class)
@ComponentName("dot")
@Doc("Inner product of two vectors, not normalised.")
@Source("")
public final class Dot implements ComponentProvider<Similarity, Dot.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Similarity create(Config config, Parts parts) {
        return (anchors, candidates) -> anchors.matMul(candidates.transpose());
    }
}
