package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CourtesyTest {
    /** What {@code /proc/self/stat} tells between the number of the parent and that of the threads. */
    private static int nice() throws Exception {
        String all = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(all.substring(all.lastIndexOf(')') + 2).split(" ")[16]);
    }

    /** The scheduling policy, the 41st field of {@code proc(5)}: 0 for most threads, 5 for SCHED_IDLE. */
    private static int policy() throws Exception {
        String all = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(all.substring(all.lastIndexOf(')') + 2).split(" ")[38]);
    }

    @Test
    void aThreadTakesWhatIsLeftAndNoOther() throws Exception {
        Assumptions.assumeTrue(Files.isSymbolicLink(Path.of("/proc/thread-self")) && Files.isExecutable(Path.of("/usr/bin/chrt")), "no Linux with chrt");
        int before = policy();
        // some containers forbid it
        FutureTask<Boolean> task = new FutureTask<>(() -> Courtesy.takeWhatIsLeft() == (policy() == 5));
        Thread thread = new Thread(task);
        thread.start();
        assertTrue(task.get());
        assertEquals(before, policy());
        thread.join();
    }

    @Test
    void aThreadGivesWayAndNoOther() throws Exception {
        Assumptions.assumeTrue(Files.isSymbolicLink(Path.of("/proc/thread-self")) && Files.isExecutable(Path.of("/usr/bin/renice")), "no Linux with renice");
        int before = nice();
        Assumptions.assumeTrue(before < 10, "this process gives way already");
        FutureTask<Integer> task = new FutureTask<>(() -> {
            assertTrue(Courtesy.giveWay());
            return nice();
        });
        Thread thread = new Thread(task);
        thread.start();
        assertEquals(10, task.get());
        assertEquals(before, nice());
        thread.join();
    }
}
