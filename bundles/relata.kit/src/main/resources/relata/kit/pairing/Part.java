package {{package}};

import java.util.Collections;
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
 * Pairs that share a gold label attract each other if their heads and their tails have the same types, and are not compared if not; pairs that share
 * none repel each other. Views of one pair always attract each other; a pair whose labels are unknown is compared with no other.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Pairs with the same relation attract each other if their entities have the same types.")
@Source("")
public final class {{class}} implements ComponentProvider<Pairing, {{class}}.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Pairing create(Config config, Parts parts) {
        return {{class}}::bond;
    }

    private static Bond bond(Instance anchor, Instance candidate) {
        if (anchor.pair() == candidate.pair() && anchor.view().source().id().equals(candidate.view().source().id())) return Bond.POSITIVE;
        if (anchor.relations().isEmpty() || candidate.relations().isEmpty()) return Bond.IGNORED;
        if (Collections.disjoint(anchor.relations(), candidate.relations())) return Bond.NEGATIVE;
        return types(anchor).equals(types(candidate)) ? Bond.POSITIVE : Bond.IGNORED;
    }

    private static String types(Instance instance) {
        return instance.view().source().head(instance.pair()).type() + "\t" + instance.view().source().tail(instance.pair()).type();
    }
}
