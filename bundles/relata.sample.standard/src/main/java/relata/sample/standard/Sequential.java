package relata.sample.standard;

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

/**
 * Examples in the corpus's order, the same batches in every epoch. Neighbours, often other pairs of the same sentence, meet, and are hard negatives
 * of each other: so the released code of BERT-CLRE does it, with 64 examples (128 views) in a batch.
 */
@Component(service = ComponentProvider.class)
@ComponentName("sequential")
@Doc("Examples in the corpus's order, the same batches in every epoch.")
@Source("Su et al. 2021, released code")
public final class Sequential implements ComponentProvider<BatchSampler, Sequential.Config> {
    /** Settings. */
    public record Config(
            @Doc("Examples in a batch.") @Default("32") @Range("[1, inf)") int size,
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
                return Batches.cut(IntStream.range(0, examples.size()).toArray(), config.size(), config.dropLast()).iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                return Batches.count(examples.size(), config.size(), config.dropLast());
            }
        };
    }
}
