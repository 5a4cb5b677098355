package relata.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does the same thing in several threads at once. */
final class Together {
    /** How many threads. */
    static final int THREADS = 4;

    private Together() {}

    /** The results of {@code work} for each thread's number; all threads start at the same moment. A failure in any is thrown. */
    static <T> List<T> results(IntFunction<T> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    return work.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(future.get());
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("failed in one of several threads: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
