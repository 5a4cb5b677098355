package relata.augment.lexical;

import java.util.BitSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.view.TokenGuard;

/** Keeps all tokens of all mentions of all entities of the passage, asked about or not. */
@Component(service = ComponentProvider.class)
@ComponentName("entities")
@Doc("Keeps every entity's tokens")
@Source("")
public final class EntitiesGuard implements ComponentProvider<TokenGuard, EntitiesGuard.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public TokenGuard create(Config config, Parts parts) {
        return example -> {
            BitSet tokens = new BitSet();
            for (Entity entity : example.passage().entities()) tokens.or(entity.tokens());
            return tokens;
        };
    }
}
