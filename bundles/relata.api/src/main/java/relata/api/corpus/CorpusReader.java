package relata.api.corpus;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Reads a data set. Files and options are in the part's settings; by convention the folder or file is called {@code root}. */
@ConsumerType
@Kind("corpus")
public interface CorpusReader {
    /**
     * Reads everything, in the same order each time.
     *
     * @throws CorpusException if the data are wrong; the message names file and line
     * @throws IOException if a file cannot be read
     */
    Corpus read() throws IOException;
}
