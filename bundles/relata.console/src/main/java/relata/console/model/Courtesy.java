package relata.console.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads give way. Java's own priorities do nothing on Linux, where a thread's place is that of the process unless somebody asks for a worse one; there is no way back
 * without the rights of root, so that a thread which gave way once does so for good.
 */
final class Courtesy {
    private static final Logger LOG = LoggerFactory.getLogger(Courtesy.class);
    /** The link that leads each thread to itself: {@code PID/task/TID}. */
    private static final Path SELF = Path.of("/proc/thread-self");
    /** A tenth of the weight of others: beside one thread that never rests, a tenth of a core is left for answers, and all that the training leaves. The last place, 19, would starve them. */
    private static final String NICE = "10";

    private Courtesy() {}

    /** From now on others come first, ten to one. @return false where the system knows no such thing: nothing has changed */
    static boolean giveWay() {
        try {
            String thread = Files.readSymbolicLink(SELF).getFileName().toString();
            Process renice = new ProcessBuilder("renice", "-n", NICE, "-p", thread).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (renice.waitFor() == 0) return true;
            LOG.info("A thread that answers beside a training does not give way, so it rests instead: renice says no");
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info("A thread that answers beside a training does not give way, so it rests instead: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
