package relata.console.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads give way. Java's own priorities do nothing on Linux, where a thread's place is that of the process unless somebody asks for a worse one; there is no way back
 * without the rights of root, so that a thread which gave way once does so for good, and so does each thread that it starts.
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
        return change(List.of("renice", "-n", NICE, "-p"));
    }

    /**
     * From now on this thread works only in moments in which a core has nothing else to do, and stops at once when it has. A training has many, too short to be seen: its threads
     * wait for each other thousands of times in a step. On a machine without such moments it all but stands still.
     *
     * @return false where the system knows no such thing: nothing has changed
     */
    static boolean takeWhatIsLeft() {
        return change(List.of("chrt", "-i", "-p", "0"));
    }

    /** @param command the thread's number is its last word */
    private static boolean change(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.command().add(Files.readSymbolicLink(SELF).getFileName().toString());
            if (builder.start().waitFor() == 0) return true;
            LOG.info("A thread that answers beside a training does not give way: {} says no", command.get(0));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info("A thread that answers beside a training does not give way: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
