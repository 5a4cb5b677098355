package relata.runtime;

/** Watches whether training steps leave arrays behind: native memory that grows until the process is killed, which nothing else tells. */
final class Leftovers {
    /** In a row; a part that fills a store of its own takes fewer, since arrays are whole batches. */
    static final int STEPS = 50;

    private long before = Long.MAX_VALUE;
    private long start;
    private int grown;

    /**
     * To be told after each step.
     *
     * @param arrays that are open now
     * @throws IllegalStateException if each of the last steps left some
     */
    void step(long arrays) {
        if (arrays <= before) {
            grown = 0;
            start = arrays;
        } else grown++;
        before = arrays;
        if (grown == STEPS)
            throw new IllegalStateException("each of the last " + STEPS + " steps left arrays behind, " + (arrays - start)
                    + " in all: a part must make its arrays with the manager of the step, attach them to no other and detach none, and close the gradients that it asks for");
    }
}
