package relata.sample.standard;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
 * Pairs that share a gold label attract each other, pairs that share none repel each other. Views of one pair always attract each
 * other; a pair whose labels are unknown is ignored by all others.
 *
 * <p><em>No relation</em> is what many unlike pairs have in common. Name that label in {@code negative}, and two pairs that have no other
 * label neither attract nor repel each other; from pairs with a relation they are still repelled.
 */
@Component(service = ComponentProvider.class)
@ComponentName("same-relation")
@Doc("Pairs that share a gold label attract each other, pairs that share none repel each other.")
@Source("Khosla et al. 2020, section 3.2; Peng et al. 2020, section 3.2")
public final class SameRelation implements ComponentProvider<Pairing, SameRelation.Config> {
    /** Settings. */
    public record Config(
            @Doc("The label of pairs without a relation, which do not attract each other; if left out, it is a label like any other.") Optional<String> negative) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Pairing create(Config config, Parts parts) {
        return (anchor, candidate) -> bond(anchor, candidate, config.negative());
    }

    private static Bond bond(Instance anchor, Instance candidate, Optional<String> negative) {
        if (SameExample.same(anchor, candidate)) return Bond.POSITIVE;
        List<String> a = anchor.relations();
        List<String> b = candidate.relations();
        if (a.isEmpty() || b.isEmpty()) return Bond.IGNORED;
        boolean share = a.stream().anyMatch(label -> b.contains(label) && !negative.equals(Optional.of(label)));
        if (share) return Bond.POSITIVE;
        return Collections.disjoint(a, b) ? Bond.NEGATIVE : Bond.IGNORED;
    }
}
