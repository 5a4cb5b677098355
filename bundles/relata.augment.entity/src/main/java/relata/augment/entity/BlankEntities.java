package relata.augment.entity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.view.Augmenter;
import relata.api.view.View;
import relata.text.Views;

/**
 * Blanks the names of entities, so that a relation must be read from the context (Baldini Soares et al. 2019, section 4.2; Peng et al. 2020, section
 * 3.1): head and tail are drawn each by itself, and every mention of a drawn entity becomes one symbol, whatever its number of words.
 *
 * <p>Of several pairs, all entities asked about are drawn; what is head of one pair and tail of another gets the head's symbol. An entity of which a
 * mention overlaps another entity's stays, for its blank would hide the other.
 */
@Component(service = ComponentProvider.class)
@ComponentName("blank-entities")
@Doc("Puts a symbol in the place of the entities' names, of head and tail each by chance")
@Source("Peng et al. 2020, section 3.1, after Baldini Soares et al. 2019")
public final class BlankEntities implements ComponentProvider<Augmenter, BlankEntities.Config> {
    /** Settings. */
    public record Config(
            @Doc("Probability that an entity is blanked, of head and tail each by itself") @Default("0.7") @Range("[0, 1]") double rate,
            @Doc("Stands for a head; a word that the encoder should know whole: the transformer's setting symbols") @Default("'[BLANK]'") String head,
            @Doc("Stands for a tail") @Default("'[BLANK]'") String tail,
            @Doc("True: what is blanked depends on the example and the setting seed alone, so that it is the same in every epoch and run, as in the released code of Peng et al. 2020")
                    @Default("false") boolean once,
            @Doc("With once, another number draws anew") @Default("42") long seed) {
        /** Checks that each symbol is one word. */
        public Config {
            for (String symbol : List.of(head, tail))
                if (symbol.isEmpty() || symbol.chars().anyMatch(Character::isWhitespace)) throw new IllegalArgumentException("a symbol must be one word, without spaces, but was '" + symbol + "'");
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Augmenter create(Config config, Parts parts) {
        return new Augmenter() {
            @Override
            public List<View> augment(Example example, RandomGenerator random) {
                return List.of(blanked(example, config, config.once() ? own(example, config.seed()) : random));
            }

            @Override
            public Set<String> symbols() {
                return new TreeSet<>(List.of(config.head(), config.tail()));
            }
        };
    }

    private static RandomGenerator own(Example example, long seed) {
        // all bits of the name count, where String.hashCode would give many examples the same draw
        return new SplittableRandom(UUID.nameUUIDFromBytes((seed + "\n" + example.id()).getBytes(StandardCharsets.UTF_8)).getMostSignificantBits());
    }

    private static View blanked(Example example, Config config, RandomGenerator random) {
        Map<Integer, String> symbols = new HashMap<>();
        BitSet dropped = new BitSet();
        symbols(example, config).forEach((index, symbol) -> {
            Entity entity = example.passage().entities().get(index);
            // drawn in any case, so that what overlaps does not move the other draws
            if (random.nextDouble() >= config.rate() || overlaps(example, index)) return;
            for (Mention mention : entity.mentions()) {
                dropped.or(mention.tokens());
                symbols.put(mention.start(), symbol);
            }
        });
        symbols.keySet().forEach(dropped::clear);
        List<String> words = new ArrayList<>();
        List<Integer> origin = new ArrayList<>();
        for (int i = 0; i < example.passage().tokens().size(); i++) {
            if (dropped.get(i)) continue;
            words.add(symbols.getOrDefault(i, example.passage().tokens().get(i)));
            origin.add(i);
        }
        return Views.of(example, words, origin);
    }

    /** The symbol of each entity asked about, by its index, ascending. */
    private static Map<Integer, String> symbols(Example example, Config config) {
        Map<Integer, String> symbols = new TreeMap<>();
        for (Pair pair : example.pairs()) symbols.put(pair.tail(), config.tail());
        for (Pair pair : example.pairs()) symbols.put(pair.head(), config.head());
        return symbols;
    }

    private static boolean overlaps(Example example, int index) {
        List<Entity> entities = example.passage().entities();
        for (int other = 0; other < entities.size(); other++)
            if (other != index && entities.get(other).tokens().intersects(entities.get(index).tokens())) return true;
        return false;
    }
}
