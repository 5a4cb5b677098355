package relata.api.run;

import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.component.Parts;
import relata.api.corpus.Corpus;

/** What a stage works with. */
@ProviderType
public interface StageContext {
    /** The stage's name in the recipe. */
    String name();

    /** The whole recipe. */
    Recipe recipe();

    /** The corpus of this stage, read once for the run: its own, if its settings name one (see {@link Stage}), else the recipe's. */
    Corpus corpus();

    /** This stage's own folder; it exists. */
    Path folder();

    /** The folder of a finished stage. */
    Path folder(String stage);

    /** Creates parts. */
    Parts parts();

    /** A seed for this stage and purpose: the same in every run with the recipe's seed. */
    long seed(String purpose);

    /**
     * Writes a line of numbers to the run's {@code metrics.jsonl} and tells the listeners. A line with a {@code step} gets an entry {@code process}: seconds since the
     * stage began or went on, and the process's main memory in bytes where the system tells it. It is the only entry that another run of the same recipe has otherwise.
     */
    void metric(Map<String, Object> values);

    /**
     * Drops this stage's lines of {@code metrics.jsonl} whose {@code step} is larger: a stage that goes on from a checkpoint writes them again.
     * Lines without a {@code step} are dropped whenever a stage begins again.
     */
    void rewind(long step);

    /** Tells the listeners how far the stage is. */
    void progress(Progress progress);

    /** Says something to the person who runs it, and to the log. */
    void say(String text);

    /**
     * To be asked between two batches, and wherever else work can be left for a moment: others may use the machine until this returns.
     *
     * @throws InterruptedException if the run was asked to stop; the stage should leave a state that it can go on from
     */
    void checkStop() throws InterruptedException;
}
