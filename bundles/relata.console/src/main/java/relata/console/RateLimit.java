package relata.console;

import java.util.function.LongSupplier;

/** Lets so many through at once, and so many more each second. */
final class RateLimit {
    private static final double SECOND = 1e9;

    private final double most;
    private final double perSecond;
    private final LongSupplier clock;
    private double left;
    private long last;

    /** @param most at once @param perSecond more each second @param clock nanoseconds */
    RateLimit(double most, double perSecond, LongSupplier clock) {
        this.most = most;
        this.perSecond = perSecond;
        this.clock = clock;
        this.left = most;
        this.last = clock.getAsLong();
    }

    /** True if one more may pass now. */
    synchronized boolean pass() {
        long now = clock.getAsLong();
        left = Math.min(most, left + (now - last) / SECOND * perSecond);
        last = now;
        if (left < 1) return false;
        left--;
        return true;
    }
}
