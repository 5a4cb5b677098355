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

    @Override
    default Embeddings encode(List<Example> examples) {
        throw new UnsupportedOperationException("this model does not show its vectors");
    }
}
