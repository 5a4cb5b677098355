package relata.api.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/**
 * Writes a corpus in the format that the {@link CorpusReader} of the same name reads. What is read again is what was given, but for what {@link Omissions} was
 * told. The corpus's name and inputs, the order of the entities, pairs and facts of an example, and whether a passage of one sentence says that it is one do not count.
 */
@ConsumerType
@Kind("writer")
public interface CorpusWriter {
    /**
     * Writes all splits, or nothing.
     *
     * @param folder where to; it is made, and if it is there already it must be empty
     * @param omissions is asked before anything is left out
     * @return the settings, beside {@code root}, with which the reader of the same name reads it again: numbers, truth values, texts, and lists and maps of these
     * @throws CorpusException if the format cannot hold the corpus; the message names the example
     * @throws IOException if it cannot be written; then nothing is
     */
    Map<String, Object> write(Corpus corpus, Path folder, Omissions omissions) throws IOException;
}
