package relata.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import relata.api.learn.Collated;

/** Prepares batches (augment, parse, tokenise, collate) on a thread of its own, a few ahead of the training thread. */
final class BatchStream implements AutoCloseable {
    private static final int AHEAD = 4;

    private final ExecutorService worker;
    private final Deque<Future<Collated>> ready = new ArrayDeque<>();
    private final IntFunction<Collated> make;
    private final int end;
    private int next;

    /**
     * @param from first batch
     * @param end number after the last batch
     * @param make makes a batch; called on the other thread, in order
     */
    BatchStream(int from, int end, IntFunction<Collated> make) {
        this.next = from;
        this.end = end;
        this.make = make;
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "relata-batches");
            thread.setDaemon(true);
            return thread;
        });
        while (ready.size() < AHEAD && next < end) submit();
    }

    private void submit() {
        int batch = next++;
        ready.add(worker.submit((Callable<Collated>) () -> make.apply(batch)));
    }

    /** The next batch; waits for it. */
    Collated take() throws Exception {
        Future<Collated> first = ready.remove();
        if (next < end) submit();
        try {
            return first.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw e;
        }
    }

    @Override
    public void close() {
        // without an interrupt: one that meets a part while it reads a file closes the file under it, also for the next run
        ready.forEach(batch -> batch.cancel(false));
        worker.shutdown();
        // what a batch is made with, such as a native tokenizer, is closed after this stream
        boolean interrupted = false;
        for (boolean over = false; !over; ) {
            try {
                over = worker.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
