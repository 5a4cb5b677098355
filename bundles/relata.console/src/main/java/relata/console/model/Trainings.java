package relata.console.model;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.api.run.Recipe;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;

/**
 * Knows whether this process works on a run, and lets others have a small share of its time: in breaks between two batches, when nothing else is computed, or, if a run
 * has no such breaks, beside it. What works beside a training at any other moment holds up all its threads, which wait for each other.
 */
@Component(service = {Trainings.class, RunListener.class})
public final class Trainings implements RunListener {
    /** Of the time of a run, what others may take. */
    static final double SHARE = 0.05;
    /** Nanoseconds of it that may be saved up. */
    static final long MOST_SAVED = TimeUnit.MILLISECONDS.toNanos(100);
    /** A run that has had no break for so many nanoseconds has none that are worth waiting for. */
    static final long RARE = TimeUnit.MILLISECONDS.toNanos(500);

    private final LongSupplier clock;
    private final Set<String> runs = ConcurrentHashMap.newKeySet();
    private final List<LongConsumer> guests = new CopyOnWriteArrayList<>();
    private long balance, earned, lastBreak;

    /** None yet. */
    @Activate
    public Trainings() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds */
    Trainings(LongSupplier clock) {
        this.clock = clock;
        this.earned = clock.getAsLong();
        this.lastBreak = earned;
    }

    /** True while a run is under way. */
    boolean underWay() {
        return !runs.isEmpty();
    }

    /** From now on somebody is called in each break, and told how many nanoseconds it may take. */
    void addGuest(LongConsumer guest) {
        guests.add(guest);
    }

    /** Somebody is called no more. */
    void removeGuest(LongConsumer guest) {
        guests.remove(guest);
    }

    /** True if others may work beside the runs now: these have no breaks, or rarely, and others have not used up their share. */
    synchronized boolean mayWorkBeside() {
        return clock.getAsLong() - lastBreak > RARE && left() > 0;
    }

    /** Nanoseconds that others may take now; negative if they took more than their share. */
    private synchronized long left() {
        long now = clock.getAsLong();
        balance = Math.min(MOST_SAVED, balance + (long) ((now - earned) * SHARE));
        earned = now;
        return balance;
    }

    /** Others took some time. */
    synchronized void spend(long nanos) {
        balance -= nanos;
    }

    @Override
    public void runStarted(String run, Recipe recipe) {
        runs.add(run);
    }

    @Override
    public void betweenBatches(String run, String stage) {
        long start = clock.getAsLong(), may = left();
        if (may > 0) {
            guests.forEach(guest -> guest.accept(may));
            spend(clock.getAsLong() - start);
        }
        synchronized (this) {
            lastBreak = clock.getAsLong();
        }
    }

    @Override
    public void runFinished(String run, RunStatus status) {
        runs.remove(run);
    }
}
