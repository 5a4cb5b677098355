package relata.api.learn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
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

    /** True if it can do nothing without {@link Setting#vocabulary()}: recipes with an encoder that has none are then refused before anything is loaded. */
    default boolean needsVocabulary() {
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
     * @param vocabulary the encoder's sub-words, if it reads such
     */
    record Setting(Engine engine, Allocator allocator, int dimension, List<String> relations, Optional<String> negative, Optional<Vocabulary> vocabulary) {
        public Setting {
            relations = List.copyOf(relations);
        }

        /** With an encoder that has no vocabulary. */
        public Setting(Engine engine, Allocator allocator, int dimension, List<String> relations, Optional<String> negative) {
            this(engine, allocator, dimension, relations, negative, Optional.empty());
        }
    }

    /** An objective with its parameters. */
    @ConsumerType
    interface Term {
        /** Its parameters; maybe none. */
        Parameters parameters();

        /**
         * Changes a batch before it is encoded, e.g. hides words, and adds fields that {@link #loss} will want. Asked in training only, and away from
         * the training thread, while earlier batches are learnt from: makes no tensors, changes nothing but what it gives back, and takes all chance
         * from {@code random}. The objectives of a stage are asked in their order, each with what the one before gave: all see the batch of the last.
         */
        default Collated prepare(Collated batch, RandomGenerator random) {
            return batch;
        }

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

        /**
         * Writes down how it makes {@link #logits} of relation vectors.
         *
         * @param relations (R, D), a value of the graph
         * @return (R, K); empty if it does not classify, or cannot be written down as operators of ONNX, and nothing was
         */
        default Optional<String> draw(InferenceGraph graph, String relations) {
            return Optional.empty();
        }
    }
}
