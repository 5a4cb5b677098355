package relata.api.learn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Something to minimise over a batch; may own parameters. */
@ConsumerType
@Kind("objective")
public interface Objective {
    /** True if its terms give {@link Term#logits}: a stage with such an objective makes a model that predicts. */
    default boolean classifies() {
        return false;
    }

    /** Makes its parameters. */
    Term open(Setting setting);

    /**
     * What an objective is made for.
     *
     * @param engine the engine
     * @param allocator makes parameters
     * @param dimension D of the encoder
     * @param relations all labels of the corpus
     * @param negative the label that means <em>no relation</em>, if there is one
     */
    record Setting(Engine engine, Allocator allocator, int dimension, List<String> relations, Optional<String> negative) {
        public Setting {
            relations = List.copyOf(relations);
        }
    }

    /** An objective with its parameters. */
    @ConsumerType
    interface Term {
        /** Its parameters; maybe none. */
        Parameters parameters();

        /**
         * A float32 scalar.
         *
         * @throws IllegalArgumentException if the batch lacks what it needs, e.g. gold labels; the message says which example
         */
        NDArray loss(Encoding encoding, Collated batch, Step step);

        /** Scores for the labels of {@link Setting#relations()}, (R, K) logits, if it classifies. */
        default Optional<NDArray> logits(Encoding encoding, Step step) {
            return Optional.empty();
        }
    }
}
