package relata.loss.contrastive;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Miner;

/** Keeps all pairs as they are. */
@Component(service = ComponentProvider.class)
@ComponentName("none")
@Doc("Keeps all pairs.")
@Source("")
public final class NoMiner implements ComponentProvider<Miner, NoMiner.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Miner create(Config config, Parts parts) {
        return contrast -> contrast;
    }
}
