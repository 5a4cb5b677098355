package relata.api.evaluate;

import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Learns labels of frozen vectors. */
@ConsumerType
@Kind("classifier")
public interface Classifier {
    /**
     * Fits to vectors and their labels.
     *
     * @param embeddings (R, D), R at least 1
     * @param labels R labels
     * @param random the only source of chance
     */
    Fitted fit(Embeddings embeddings, List<String> labels, RandomGenerator random);
}
