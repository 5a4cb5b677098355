package relata.sample.standard;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;

/**
 * Pairs of the same two entities attract each other, all others repel each other: needs no labels, but entity ids that hold across passages.
 */
@Component(service = ComponentProvider.class)
@ComponentName("same-entities")
@Doc("Pairs with the same head id and tail id attract each other; all others repel each other.")
@Source("Baldini Soares et al. 2019 (matching the blanks), section 4.1")
public final class SameEntities implements ComponentProvider<Pairing, SameEntities.Config> {
    /** Settings. */
    public record Config(@Doc("Whether head and tail must be the same way round.") @Default("true") boolean ordered) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Pairing create(Config config, Parts parts) {
        return (anchor, candidate) -> {
            String head = head(anchor);
            String tail = tail(anchor);
            boolean same = head.equals(head(candidate)) && tail.equals(tail(candidate));
            boolean turned = !config.ordered() && head.equals(tail(candidate)) && tail.equals(head(candidate));
            return same || turned ? Bond.POSITIVE : Bond.NEGATIVE;
        };
    }

    private static String head(Instance instance) {
        return instance.view().source().head(instance.pair()).id();
    }

    private static String tail(Instance instance) {
        return instance.view().source().tail(instance.pair()).id();
    }
}
