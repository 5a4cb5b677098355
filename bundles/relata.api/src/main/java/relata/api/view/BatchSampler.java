package relata.api.view;

import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;
import relata.api.corpus.Example;

/** Decides which examples meet in a batch. */
@ConsumerType
@Kind("sampler")
public interface BatchSampler {
    /**
     * The batches of one epoch, as indexes into {@code examples}. The same generator state gives the same batches.
     *
     * @param examples at least one
     */
    Iterator<int[]> epoch(List<Example> examples, RandomGenerator random);

    /** Number of batches of an epoch: known in advance, so that schedules can be. */
    int batches(List<Example> examples);
}
