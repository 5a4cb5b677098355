package relata.runtime;

import java.util.function.Consumer;

/**
 * Watches whether a training leaves arrays behind: native memory that grows until the process is killed, which nothing else tells.
 *
 * <p>What grows need not be a leak. A queue of earlier vectors, an array for each batch, grows until it is full: 4,096 vectors in batches of 64 take 64
 * updates, the 65,536 of momentum contrast 1,024. So a training that grows is told of early, when its memory is still there, and ends only
 * after more updates than such queues take. It is looked at every {@value #EVERY} updates, so that what leaves arrays only in some of its steps is seen too.
 */
final class Leftovers {
    /** Updates without a pause after which growth is no queue that fills; {@code -Drelata.leftovers} sets another number. */
    static final int MOST = 2_000;
    /** Updates from one look to the next. */
    static final int EVERY = 10;

    private final int most;
    private final Consumer<String> say;
    private long before = Long.MAX_VALUE;
    private long start;
    private int updates;
    private int grown;
    private boolean told;

    /** @param say hears once of growth that may be a queue */
    Leftovers(Consumer<String> say) {
        this(Integer.getInteger("relata.leftovers", MOST), say);
    }

    /** @param most updates that may grow in a row */
    Leftovers(int most, Consumer<String> say) {
        this.most = most;
        this.say = say;
    }

    /**
     * To be told at each update.
     *
     * @param arrays that are open now
     * @throws IllegalStateException if they have grown at every look for too long
     */
    void update(long arrays) {
        if (updates++ % EVERY != 0) return;
        if (arrays <= before) {
            grown = 0;
            start = arrays;
        } else grown += EVERY;
        before = arrays;
        if (grown == 0) return;
        if (grown >= most)
            throw new IllegalStateException("the last " + grown + " updates left arrays behind without a pause, " + (arrays - start)
                    + " in all: a part must make its arrays with the manager of the step, attach them to no other and detach none, and close the gradients that it asks for");
        if (grown < most / 10 || told) return;
        told = true;
        say.accept("the last " + grown + " updates left arrays behind without a pause, " + (arrays - start) + " in all: a queue that fills does so, a part that leaks too, which ends the training after " + most + " updates");
    }
}
