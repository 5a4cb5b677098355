package relata.plugins;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code of a plug-in that nobody has run yet: for a limited time, and whatever it throws is caught. */
final class Limited {
    private static final long GRACE_MILLIS = 500;
    /** Causes can form a circle. */
    private static final int MOST_CAUSES = 100;

    /** It did not come back; the message is for people. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean late;

        Failed(String message, boolean late) {
            super(message);
            this.late = late;
        }

        /** Whether it took too long. */
        boolean late() {
            return late;
        }
    }

    /** What this platform itself has to say about a plug-in: no name of an exception, no place in its code. */
    static final class Said extends RuntimeException {
        private static final long serialVersionUID = 1;

        Said(String message) {
            super(message);
        }
    }

    private Limited() {}

    /**
     * Runs on a thread of its own, which is interrupted when the time is over.
     *
     * @param doing what it does, for messages
     * @param afterwards called on that thread if it comes back after nobody waits any more
     */
    static <T> T call(String doing, Duration limit, Callable<T> work, Runnable afterwards) throws Failed {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                if (!result.complete(work.call())) afterwards.run();
            } catch (Throwable e) { // an Error of a plug-in is the plug-in's
                if (!result.completeExceptionally(e)) afterwards.run();
            }
        }, "relata plug-in " + doing);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Failed(doing + " failed: " + words(e.getCause()), false);
        } catch (TimeoutException e) {
            boolean late = !result.completeExceptionally(e);
            thread.interrupt();
            join(thread);
            if (late && !result.isCompletedExceptionally()) return result.join();
            throw new Failed(doing + " took longer than " + limit.toSeconds() + " s" + (thread.isAlive() ? " and does not end when interrupted; it goes on in a thread of its own until this process ends" : ""), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.interrupt();
            throw new Failed(doing + " was interrupted", false);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The innermost cause, as the author of the plug-in knows it. An exception is code of the plug-in too. */
    private static String words(Throwable problem) {
        try {
            Throwable inner = problem;
            for (int depth = 0; depth < MOST_CAUSES && inner.getCause() != null; depth++) inner = inner.getCause();
            if (inner instanceof Said) return inner.getMessage();
            StackTraceElement[] trace = inner.getStackTrace();
            return inner + (trace.length == 0 ? "" : " at " + trace[0]);
        } catch (RuntimeException | Error e) {
            return problem.getClass().getName() + ", which cannot be shown: " + e.getClass().getName();
        }
    }
}
