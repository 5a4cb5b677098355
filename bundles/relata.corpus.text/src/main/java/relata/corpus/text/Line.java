package relata.corpus.text;

import java.nio.file.Path;
import relata.api.corpus.CorpusException;

/**
 * A line of a file.
 *
 * @param place which line
 * @param text without its line end
 */
public record Line(Place place, String text) {
    /** The line of a number, counted from 1. */
    public Line(Path file, long number, String text) {
        this(new Place(file, number), text);
    }

    /** Something is wrong here. */
    public CorpusException error(String what) {
        return place.error(what);
    }

    /** Counted from 1. */
    public long number() {
        return place.line();
    }
}
