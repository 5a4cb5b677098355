package {{package}};

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
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
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.BatchSampler;

/** A curriculum (Bengio et al. 2009) by length: the shortest passages come first, those of one length in random order. An example that is left over joins the last batch. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Short passages first.")
@Source("after Bengio et al. 2009, Curriculum Learning")
public final class {{class}} implements ComponentProvider<BatchSampler, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("Examples in a batch.") @Default("32") @Range("[2, inf)") int size) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public BatchSampler create(Config config, Parts parts) {
        return new BatchSampler() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                int[] order = byLength(examples, random);
                int count = batches(examples);
                List<int[]> batches = new ArrayList<>();
                for (int b = 0; b < count; b++) batches.add(Arrays.copyOfRange(order, b * config.size(), b == count - 1 ? order.length : (b + 1) * config.size()));
                return batches.iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                int rest = examples.size() % config.size();
                return Math.max(1, examples.size() / config.size() + (rest > 1 ? 1 : 0));
            }
        };
    }

    private static int[] byLength(List<Example> examples, RandomGenerator random) {
        double[] chance = random.doubles(examples.size()).toArray();
        Comparator<Integer> shortest = Comparator.comparingInt(i -> examples.get(i).passage().tokens().size());
        return IntStream.range(0, examples.size()).boxed().sorted(shortest.thenComparingDouble(i -> chance[i])).mapToInt(i -> i).toArray();
    }
}
