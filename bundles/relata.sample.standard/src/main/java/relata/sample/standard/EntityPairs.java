package relata.sample.standard;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.BatchSampler;
import relata.text.Identity;

/**
 * Pairs of examples for matching the blanks. Positive are all pairs of examples that ask about the same two entities, head and tail the same way round; there are as many negative
 * pairs, drawn anew in each epoch: hard ones, which share exactly the head or exactly the tail, and any others, of different entities. Examples whose two entities no other example asks
 * about are not drawn. Entities are the same if their ids are; where data have none, if their lower-cased names are ({@link Identity}).
 *
 * <p>A batch holds the two examples of each of its pairs side by side, half of the pairs positive, and no example twice: pairs that find no place without a repetition,
 * which happens where a group has more pairs than there are batches, wait for another epoch. With pairing {@code same-entities} and miner {@code neighbours} these pairs
 * are all that is compared.
 *
 * <p>Baldini Soares et al. draw negatives of both kinds and do not say in which proportion; the code released by Peng et al. has hard ones only, and the first 8 sentences of a group.
 */
@Component(service = ComponentProvider.class)
@ComponentName("entity-pairs")
@Doc("Pairs of examples of the same two entities, and as many of different ones, some of which share one entity.")
@Source("Baldini Soares et al. 2019, section 4.3; Peng et al. 2020, appendix A and released code")
public final class EntityPairs implements ComponentProvider<BatchSampler, EntityPairs.Config> {
    private static final long MOST_PAIRS = 50_000_000;

    /** Settings. */
    public record Config(
            @Doc("Pairs in a batch, twice as many examples; an even number, as half of the pairs are positive.") @Default("32") @Range("[2, inf)") int size,
            @Doc("At most so many examples of the same two entities, the first in the corpus; all, if left out.") @Range("[2, inf)") Optional<Integer> most,
            @Doc("Share of the negative pairs that have exactly the head or exactly the tail in common. Where there are too few, others make up for them.")
                    @Default("0.5") @Range("[0, 1]") double hard,
            @Doc("Whether to tell entities by their lower-cased names, not by their ids; where an id only counts (e0, e1), the name tells in any case.")
                    @Default("false") boolean names) {
        public Config {
            if (size % 2 != 0) throw new IllegalArgumentException("size was " + size + " but must be even: half of the pairs are positive");
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public BatchSampler create(Config config, Parts parts) {
        return new BatchSampler() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                EntityGroups groups = groups(examples, config);
                List<int[]> positives = groups.positives();
                CrossPairs hard = groups.hard();
                List<int[]> negatives = hard.draw(Math.round(config.hard() * positives.size()), random);
                negatives.addAll(groups.others().draw(positives.size() - negatives.size(), random));
                PairBatches batches = new PairBatches(count(groups, config), config.size() / 2);
                for (int p : Batches.shuffled(positives.size(), random)) batches.add(PairBatches.POSITIVE, positives.get(p));
                for (int n : Batches.shuffled(negatives.size(), random)) batches.add(PairBatches.NEGATIVE, negatives.get(n));
                return batches.indexes().iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                return count(groups(examples, config), config);
            }
        };
    }

    private static int count(EntityGroups groups, Config config) {
        int half = config.size() / 2;
        return Math.toIntExact((groups.matches() + half - 1) / half);
    }

    private static EntityGroups groups(List<Example> examples, Config config) {
        EntityGroups groups = new EntityGroups(examples, config.most().orElse(Integer.MAX_VALUE), config.names());
        if (groups.matches() == 0)
            throw new IllegalArgumentException("entity-pairs needs examples of the same two entities, but none of the " + examples.size() + " examples shares its head and tail with another"
                    + (config.names() ? "" : "; with 'names: true' entities are told by name"));
        if (groups.matches() > MOST_PAIRS)
            throw new IllegalArgumentException("the examples make " + groups.matches() + " pairs of the same two entities, more than " + MOST_PAIRS + "; set 'most', e.g. to 8");
        return groups;
    }
}
