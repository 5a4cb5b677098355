package relata.sample.standard;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Bond;
import relata.api.view.Pairing;
import relata.text.Identity;

/**
 * Pairs of the same two entities attract each other, all others repel each other: needs no labels, but entity ids that hold across passages. Where data
 * have none, the lower-cased name tells an entity ({@link Identity}).
 */
@Component(service = ComponentProvider.class)
@ComponentName("same-entities")
@Doc("Pairs with the same head id and tail id attract each other; all others repel each other.")
@Source("Baldini Soares et al. 2019 (matching the blanks), section 4.1")
public final class SameEntities implements ComponentProvider<Pairing, SameEntities.Config> {
    /** Settings. */
    public record Config(
            @Doc("Whether head and tail must be the same way round.") @Default("true") boolean ordered,
            @Doc("Whether to tell entities by their lower-cased names, not by their ids; where an id only counts (e0, e1), the name tells in any case.")
                    @Default("false") boolean names) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Pairing create(Config config, Parts parts) {
        return (anchor, candidate) -> {
            EntityPair a = EntityPair.of(anchor.view().source(), anchor.pair(), config.names());
            EntityPair c = EntityPair.of(candidate.view().source(), candidate.pair(), config.names());
            return a.equals(c) || !config.ordered() && a.equals(c.turned()) ? Bond.POSITIVE : Bond.NEGATIVE;
        };
    }
}
