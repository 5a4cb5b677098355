package relata.corpus.text;

import java.nio.file.Path;
import relata.api.corpus.CorpusException;

/**
 * Where something stands in a file.
 *
 * @param line counted from 1
 * @param within what it stands in on that line, such as {@code [12].entities[1]}; empty if the line says it all
 */
public record Place(Path file, long line, String within) {
    /** A line. */
    public Place(Path file, long line) {
        this(file, line, "");
    }

    /** Something is wrong here. The words go on from the place: <em>has no tokens</em>. */
    public CorpusException error(String what) {
        return new CorpusException(file, line, within.isEmpty() ? what : within + ": " + what);
    }

    /** A place inside of this one. */
    public Place in(String part) {
        return new Place(file, line, within.isEmpty() ? part : part.startsWith("[") ? within + part : within + "." + part);
    }

    /** For messages about another place: the file's name, the line, and what it stands in. */
    public String words() {
        return file.getFileName() + " line " + line + (within.isEmpty() ? "" : " " + within);
    }
}
