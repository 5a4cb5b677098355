package relata.console.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does work in {@linkplain Courtesy#takeWhatIsLeft moments in which a core has nothing else to do}, on a thread of its own. That thread may stand still for seconds, so that it shares
 * no lock with others. To be used by one thread.
 */
final class Moments implements AutoCloseable {
    /** A machine that had no moment has none for a while. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final ExecutorService thread;
    private final Future<Boolean> courteous;
    private Future<?> last = CompletableFuture.completedFuture(null);
    private long lost = System.nanoTime() - PAUSE;

    /** @param name of the thread */
    Moments(String name) {
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
        courteous = thread.submit(Courtesy::takeWhatIsLeft);
    }

    /** True if it is worth while to try: the thread is free, takes what is left and nothing more, and found its moments lately. */
    boolean mayCome() throws InterruptedException {
        try {
            return last.isDone() && System.nanoTime() - lost >= PAUSE && courteous.isDone() && courteous.get();
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Does something. @return false if it was not done in so many nanoseconds: then it is done some time later, unless it sees that it need not be */
    boolean did(Runnable work, long nanos) throws InterruptedException {
        last = thread.submit(work);
        try {
            last.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            lost = System.nanoTime();
            return false;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Waits until nothing is done here any more. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                if (thread.awaitTermination(1, TimeUnit.HOURS)) break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
