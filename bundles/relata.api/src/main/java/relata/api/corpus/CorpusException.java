package relata.api.corpus;

import java.io.IOException;
import java.nio.file.Path;

/** Data are not as they should be. The message says where (file, line), what was found and what was expected. */
public class CorpusException extends IOException {
    private static final long serialVersionUID = 1;

    /** Something is wrong with a file, or with a corpus, as a whole. */
    public CorpusException(String where, String what) {
        super(where + ": " + what);
    }

    /**
     * Something is wrong at a line.
     *
     * @param line counted from 1
     */
    public CorpusException(Path file, long line, String what) {
        super(file + " line " + line + ": " + what);
    }
}
