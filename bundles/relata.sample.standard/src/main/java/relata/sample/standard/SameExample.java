package relata.sample.standard;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;

/**
 * Views of the same pair of the same example attract each other, all others repel each other, other pairs of the same passage too: needs no labels.
 */
@Component(service = ComponentProvider.class)
@ComponentName("same-example")
@Doc("Views of the same pair of the same example attract each other; all others repel each other.")
@Source("Chen et al. 2020 (SimCLR), section 2.1; Su et al. 2021, section 3.3")
public final class SameExample implements ComponentProvider<Pairing, SameExample.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Pairing create(Config config, Parts parts) {
        return (anchor, candidate) -> same(anchor, candidate) ? Bond.POSITIVE : Bond.NEGATIVE;
    }

    /** True if both are views of one pair. */
    static boolean same(Instance a, Instance b) {
        return a.pair() == b.pair() && a.view().source().id().equals(b.view().source().id());
    }
}
