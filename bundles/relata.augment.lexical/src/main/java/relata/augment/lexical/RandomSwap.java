package relata.augment.lexical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.Augmenter;
import relata.api.view.TokenGuard;
import relata.api.view.View;
import relata.text.Views;

/**
 * RS: swaps the words of two positions, n = max(1, ⌊rate · l⌋) times for l tokens. Kept tokens stay in their places; where fewer than two tokens are
 * free, the view equals the example.
 */
@Component(service = ComponentProvider.class)
@ComponentName("random-swap")
@Doc("Swaps some words")
@Source("Su et al. 2021, section 3.1.1, after Wei and Zou 2019")
public final class RandomSwap implements ComponentProvider<Augmenter, RandomSwap.Config> {
    /** Settings. */
    public record Config(
            @Doc("Number of swaps as a share of the passage's tokens; at least one is made, unless it is 0") @Default("0.1") @Range("[0, 1]") double rate,
            @Doc("Guards of tokens that must stay; entities always do") @Default("[]") List<Ref<TokenGuard>> keep,
            @Doc("How many views to make of an example") @Default("1") @Range("[1, inf)") int views) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Augmenter create(Config config, Parts parts) {
        Kept kept = new Kept(parts.createAll(config.keep()));
        return (example, random) -> {
            int[] free = kept.free(example);
            int n = free.length < 2 ? 0 : Kept.changes(config.rate(), example);
            return Kept.views(config.views(), () -> swapped(example, free, n, random));
        };
    }

    private static View swapped(Example example, int[] free, int n, RandomGenerator random) {
        List<String> tokens = example.passage().tokens();
        List<Integer> origin = new ArrayList<>(IntStream.range(0, tokens.size()).boxed().toList());
        for (int swap = 0; swap < n; swap++) {
            int one = random.nextInt(free.length);
            int other = random.nextInt(free.length - 1);
            // skip 'one', so that two different positions swap
            Collections.swap(origin, free[one], free[other < one ? other : other + 1]);
        }
        return Views.of(example, origin.stream().map(tokens::get).toList(), origin);
    }
}
