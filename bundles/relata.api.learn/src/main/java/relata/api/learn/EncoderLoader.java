package relata.api.learn;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** A configured kind of encoder whose weights are not loaded yet. */
@ConsumerType
@Kind("encoder")
public interface EncoderLoader {
    /**
     * Loads the weights.
     *
     * @param manager owns the parameters; closed by the caller
     * @param from a folder written by {@link Encoder#save}, in place of the checkpoint that the settings name
     * @throws IOException if files are missing, cut off, or do not fit; the message names the file and what is wrong
     */
    Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException;
}
