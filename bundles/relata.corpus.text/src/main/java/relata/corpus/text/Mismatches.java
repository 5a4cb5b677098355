package relata.corpus.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Mention;

/**
 * Some published files have a few mentions whose name is not what stands at their place. Up to a share of them, the place counts; if there are more, offsets are
 * shifted or count something else, and that is an error.
 */
public final class Mismatches {
    private final double share;
    private long mentions;
    private long wrong;
    private @Nullable CorpusException first;

    /** @param share of the mentions of a file */
    public Mismatches(double share) {
        this.share = share;
    }

    /** A mention by its place. @throws CorpusException if it lies outside, or holds no token */
    public Mention mention(Offsets offsets, Mark mark) throws CorpusException {
        Mention mention = offsets.look(mark);
        mentions++;
        Optional<CorpusException> mismatch = offsets.mismatch(mark);
        if (mismatch.isPresent()) {
            wrong++;
            if (first == null) first = mismatch.get();
        }
        return mention;
    }

    /** To be called after the last mention of a file. @throws CorpusException the first mismatch, if there were too many */
    public void finish() throws CorpusException {
        if (first != null && wrong > share * mentions) throw first;
    }
}
