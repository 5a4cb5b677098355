package {{package}};

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.view.Augmenter;
import relata.api.view.TokenGuard;
import relata.api.view.View;
import relata.text.Views;

/** Word repetition (Wu et al. 2022): each word is said twice with probability {@code rate}, but for those of entities and those that guards name. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Says some words twice.")
@Source("Wu et al. 2022, ESimCSE, section 3.1")
public final class {{class}} implements ComponentProvider<Augmenter, {{class}}.Config> {
    /** Settings. */
    public record Config(
            @Doc("Probability that a word is repeated.") @Default("0.2") @Range("[0, 1]") double rate,
            @Doc("Guards of tokens that must stay; entities always do.") @Default("[]") List<Ref<TokenGuard>> keep) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Augmenter create(Config config, Parts parts) {
        List<TokenGuard> guards = parts.createAll(config.keep());
        return (example, random) -> List.of(repeated(example, kept(example, guards), config.rate(), random));
    }

    private static BitSet kept(Example example, List<TokenGuard> guards) {
        BitSet kept = new BitSet();
        for (Entity entity : example.passage().entities()) kept.or(entity.tokens());
        for (TokenGuard guard : guards) kept.or(guard.guarded(example));
        return kept;
    }

    private static View repeated(Example example, BitSet kept, double rate, RandomGenerator random) {
        List<String> tokens = example.passage().tokens();
        List<Integer> origin = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            origin.add(i);
            if (!kept.get(i) && random.nextDouble() < rate) origin.add(i);
        }
        // where each token comes from is all that Views needs: mentions and sentences follow
        return Views.of(example, origin.stream().map(tokens::get).toList(), origin);
    }
}
