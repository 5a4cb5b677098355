package relata.api.evaluate;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.corpus.Example;

/** A trained encoder. Close it: it holds native memory. */
@ProviderType
public interface RelationEncoder extends AutoCloseable {
    /** Relation vectors (R, D), one row for each pair of each example, in order. */
    Embeddings encode(List<Example> examples);

    @Override
    void close();
}
