package relata.api.evaluate;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.corpus.Example;

/** A trained model that answers which relation holds. Close it: it holds native memory. */
@ProviderType
public interface RelationModel extends RelationEncoder {
    /** The labels that it can predict. */
    List<String> labels();

    /** Answers every pair of every example, in order. */
    Predictions predict(List<Example> examples);

    /** What works out its answers, for people, e.g. {@code PyTorch 2.7.1, cpu, 2 threads}; empty if it does not say. */
    default String engine() {
        return "";
    }

    /**
     * True if {@link #predict} and {@link #encode} work on the thread that calls them and no other, and may be called by several at once: to use several cores is then up to
     * the caller. Else one thread at a time may call, and the engine uses as many cores as it will.
     */
    default boolean concurrent() {
        return false;
    }

    @Override
    default Embeddings encode(List<Example> examples) {
        throw new UnsupportedOperationException("this model does not show its vectors");
    }
}
