package relata.api.learn;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The numbered sub-words that an encoder reads: for objectives that hide some of them and ask for what was hidden. Safe for any thread, but
 * for {@link #embeddings()}.
 */
@ConsumerType
public interface Vocabulary {
    /** What a sub-word stands for. */
    enum Role {
        /** A piece of the text, or a symbol in the place of a name. */
        TEXT,
        /** Before a mention. */
        START_MARKER,
        /** After a mention. */
        END_MARKER,
        /** Padding, and what the model needs around a text or in the place of one, e.g. {@code [CLS]}, {@code [SEP]}, {@code [MASK]}. */
        SPECIAL
    }

    /** Name of the field of the encoder's batches that holds the sub-words' numbers, (B, L). */
    String field();

    /** How many sub-words there are; their numbers begin at 0. */
    int size();

    /** The number of what stands in the place of a hidden sub-word. */
    int mask();

    /** What the sub-word of that number, from 0 to {@link #size()} - 1, stands for. */
    Role role(int number);

    /** (V, H), one row a sub-word, V at least {@link #size()}: among the encoder's parameters, and trained with them. */
    NDArray embeddings();

    /**
     * A weight that came with the encoder's checkpoint and that the encoder itself has no use for, e.g. of its language-modelling head.
     *
     * @param name its name in Hugging Face models, e.g. {@code cls.predictions.bias}
     * @return the numbers, row by row
     */
    default Optional<float[]> unused(String name) {
        return Optional.empty();
    }
}
