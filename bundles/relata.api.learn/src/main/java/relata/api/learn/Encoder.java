package relata.api.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.view.View;

/** A loaded encoder: views in, relation vectors out. */
@ConsumerType
public interface Encoder {
    /** D, the width of a relation vector. */
    int dimension();

    /** Number of tokens after sub-word splitting that the model would see of this view, for bucketing by length. Safe for any thread. */
    int length(View view);

    /** What the model would see of this view, token by token, for people to look at; empty if the encoder does not tell. Safe for any thread. */
    default List<String> pieces(View view) {
        return List.of();
    }

    /** Turns views into numbers, padded to the longest. Safe for any thread; makes no tensors. */
    Collated collate(List<View> views);

    /** Encodes a batch. On the training thread. */
    Encoding encode(Collated batch, Step step);

    /** Its parameters. */
    Parameters parameters();

    /** The sub-words that it reads, if it reads such. */
    default Optional<Vocabulary> vocabulary() {
        return Optional.empty();
    }

    /**
     * Writes down what it does to views without training, reading the inputs that {@link EncoderLoader#inputs} makes of them.
     *
     * @return the relation vectors, (R, D); empty if it cannot be written down as operators of ONNX, and nothing was
     */
    default Optional<String> draw(InferenceGraph graph) {
        return Optional.empty();
    }

    /** Freezes the embeddings and the lowest layers. @param layers how many; 0 freezes nothing, -1 freezes all of the encoder */
    void freeze(int layers);

    /**
     * Writes a folder that {@link EncoderLoader#load} and other software of the field read (for transformers a Hugging Face model folder).
     * The folder exists; the caller moves it into place.
     *
     * @param extra more parameters to keep in the same weights file, e.g. a classification head
     */
    void save(Path folder, Parameters extra) throws IOException;

    /**
     * Reads back the parameters that were saved as {@code extra}, into arrays of the same names and shapes.
     *
     * @throws IOException if one is missing or has another shape
     */
    void restore(Path folder, Parameters extra) throws IOException;
}
