package relata.sample.standard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
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

/**
 * All examples in random order. With buckets, a batch holds examples of like length, so that little is padded: the shuffled examples are taken in
 * stretches of up to {@value #STRETCH} batches, each is sorted by length and cut, and the batches are shuffled. Which examples meet is then
 * still mostly random, but no longer independent of length. A stretch is at most an eighth of the epoch (but 4 batches): were all examples
 * sorted at once, the same ones would meet in every epoch.
 */
@Component(service = ComponentProvider.class)
@ComponentName("shuffled")
@Doc("All examples in random order, those of like length together.")
@Source("")
public final class Shuffled implements ComponentProvider<BatchSampler, Shuffled.Config> {
    private static final int STRETCH = 50;

    /** Settings. */
    public record Config(
            @Doc("Examples in a batch.") @Default("32") @Range("[1, inf)") int size,
            @Doc("Whether examples of like length meet, which pads less.") @Default("true") boolean bucket,
            @Doc("Whether a last, smaller batch is left out; else it is kept, a single example joining the batch before it.") @Default("false") boolean dropLast) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public BatchSampler create(Config config, Parts parts) {
        return new BatchSampler() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                int[] order = Batches.shuffled(examples.size(), random);
                if (!config.bucket()) return Batches.cut(order, config.size(), config.dropLast()).iterator();
                List<int[]> batches = Batches.cut(bucketed(order, examples, config.size()), config.size(), config.dropLast());
                List<int[]> mixed = new ArrayList<>();
                for (int b : Batches.shuffled(batches.size(), random)) mixed.add(batches.get(b));
                return mixed.iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                return Batches.count(examples.size(), config.size(), config.dropLast());
            }
        };
    }

    private static int[] bucketed(int[] order, List<Example> examples, int size) {
        int[] sorted = new int[order.length];
        long stretch = (long) size * Math.max(4, Math.min(STRETCH, order.length / size / 8));
        for (int from = 0, to; from < order.length; from = to) {
            to = (int) Math.min(order.length, from + stretch);
            // stable: equal lengths stay in random order
            int[] part = Arrays.stream(order, from, to).boxed().sorted(Comparator.comparing(i -> examples.get(i).passage().tokens().size())).mapToInt(i -> i).toArray();
            System.arraycopy(part, 0, sorted, from, part.length);
        }
        return sorted;
    }
}
