package relata.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Omissions;

/** What a conversion loses: refused, or counted. */
final class Lost implements Omissions {
    /**
     * A kind of thing that was lost.
     *
     * @param times how often
     * @param first where the first was, and what of it
     */
    record Count(int times, String first) {}

    private final boolean allowed;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    Lost(boolean allowed) {
        this.allowed = allowed;
    }

    @Override
    public void leaveOut(String where, String what, String detail) throws CorpusException {
        if (!allowed) throw new CorpusException(where, "the format cannot hold " + what + ": " + detail + "; --lossy leaves out what it cannot hold");
        counts.merge(what, new Count(1, where + ": " + detail), (before, now) -> new Count(before.times() + 1, before.first()));
    }

    /** By what was lost, in the order in which it was. */
    Map<String, Count> counts() {
        return counts;
    }
}
