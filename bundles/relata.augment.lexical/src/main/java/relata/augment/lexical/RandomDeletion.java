package relata.augment.lexical;

import java.util.BitSet;
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

/** RD: drops each token with probability {@code rate}, but for those that are kept. As entities are, something is always left. */
@Component(service = ComponentProvider.class)
@ComponentName("random-deletion")
@Doc("Drops some words")
@Source("Su et al. 2021, section 3.1.1, after Wei and Zou 2019")
public final class RandomDeletion implements ComponentProvider<Augmenter, RandomDeletion.Config> {
    /** Settings. */
    public record Config(
            @Doc("Probability that a word is dropped") @Default("0.1") @Range("[0, 1]") double rate,
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
            return Kept.views(config.views(), () -> shortened(example, free, config.rate(), random));
        };
    }

    private static View shortened(Example example, int[] free, double rate, RandomGenerator random) {
        List<String> tokens = example.passage().tokens();
        BitSet dropped = new BitSet();
        for (int position : free) if (random.nextDouble() < rate) dropped.set(position);
        List<Integer> origin = IntStream.range(0, tokens.size()).filter(i -> !dropped.get(i)).boxed().toList();
        return Views.of(example, origin.stream().map(tokens::get).toList(), origin);
    }
}
