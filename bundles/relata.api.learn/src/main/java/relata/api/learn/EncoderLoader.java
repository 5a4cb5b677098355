package relata.api.learn;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;
import relata.api.corpus.Example;

/** A configured kind of encoder whose weights are not loaded yet. */
@ConsumerType
@Kind("encoder")
public interface EncoderLoader {
    /**
     * Loads the weights.
     *
     * @param manager owns the parameters; closed by the caller
     * @param from a folder written by {@link Encoder#save}, in place of the checkpoint that the settings name
     * @throws IOException if files are missing, cut off, or do not fit, or if without a folder there are no weights; the message names the file and what is wrong
     */
    Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException;

    /**
     * Makes the encoder with which a training begins that goes on from no other. Without a method of its own, that is the checkpoint that
     * the settings name; an encoder that is trained from nothing takes its vocabulary from the examples and its first weights by chance.
     *
     * @param examples what it will be trained on
     * @param random the only source of chance
     * @throws IOException as {@link #load} does
     */
    default Encoder begin(Engine engine, NDManager manager, List<Example> examples, RandomGenerator random) throws IOException {
        return load(engine, manager, Optional.empty());
    }

    /** True if its encoders read a symbol that stands in the place of words as one; those that split no words do. */
    default boolean keepsWhole(String symbol) {
        return true;
    }

    /** True if its encoders have an {@link Encoder#vocabulary()}. */
    default boolean hasVocabulary() {
        return false;
    }

    /**
     * Opens what makes the inputs of a graph that its encoder {@linkplain Encoder#draw wrote}, without any weights.
     *
     * @param folder with the files that {@link Encoder#save} wrote beside the weights
     * @return empty if its encoders write no graphs
     * @throws IOException as {@link #load} does
     */
    default Optional<GraphInputs> inputs(Path folder) throws IOException {
        return Optional.empty();
    }
}
