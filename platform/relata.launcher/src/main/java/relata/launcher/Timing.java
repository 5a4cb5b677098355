package relata.launcher;

import java.lang.management.ManagementFactory;

/** Prints how long the steps of a start take, if asked to by the environment variable {@code RELATA_TIMES}. */
final class Timing {
    private final boolean wanted;

    Timing(boolean wanted) {
        this.wanted = wanted;
    }

    /** Says that a step is done. */
    void mark(String step) {
        if (!wanted) return;
        System.err.printf("[%5d ms] %s%n", System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(), step);
    }
}
