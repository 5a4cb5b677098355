package relata.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Asks a model at a fixed rate, whether answers come or not, beside listeners, and measures what that does. */
final class LoadTrial {
    private static final double SECOND = 1e9;

    /**
     * What was measured.
     *
     * @param asked questions that were sent
     * @param answered those that were answered with status 200
     * @param rate answers a second
     * @param p50 milliseconds from when a question was due to its answer: half of them took no longer
     * @param p95 likewise 95 of 100
     * @param p99 likewise 99 of 100
     * @param events of all listeners
     * @param ended listeners that the server let go
     * @param before batches of training a second without load: the mean of the time before and the time after
     * @param during the same with load; both 0 without a run
     */
    record Outcome(int asked, int answered, double rate, double p50, double p95, double p99, int slowest, long events, long ended, double before, double during) {}

    private final LoadClient client;
    private final String model;
    private final List<String> questions;

    LoadTrial(LoadClient client, String model, List<String> questions) {
        this.client = client;
        this.model = model;
        this.questions = questions;
    }

    /** @param run a run under way whose speed is watched, or empty @param rate questions a second */
    Outcome measure(String run, int listeners, int rate, int seconds) throws InterruptedException {
        warm();
        try (LoadClient.Listener watch = client.new Listener(run, () -> {})) {
            // how far the training is already must be known, or it would count as done in this time
            for (int i = 0; !run.isEmpty() && watch.done() == 0 && i < 600; i++) TimeUnit.MILLISECONDS.sleep(100);
            double first = run.isEmpty() ? 0 : speed(watch, seconds);
            List<LoadClient.Listener> others = client.listeners("", listeners);
            ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
            AtomicInteger asked = new AtomicInteger();
            CountDownLatch left = new CountDownLatch(rate * seconds);
            long start = System.nanoTime();
            Thread asking = new Thread(() -> ask(rate, seconds, start, times, asked, left), "relata-load");
            asking.start();
            double during = speed(watch, seconds);
            asking.join();
            boolean all = left.await(120, TimeUnit.SECONDS);
            double took = (System.nanoTime() - start) / SECOND;
            long events = others.stream().mapToLong(l -> l.events.get()).sum(), ended = others.stream().filter(LoadClient.Listener::ended).count();
            others.forEach(LoadClient.Listener::close);
            double last = run.isEmpty() ? 0 : speed(watch, seconds);
            List<Double> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            return new Outcome(asked.get(), sorted.size(), sorted.size() / (all ? took : took - 120), at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), (int) Math.round(at(sorted, 1)), events, ended, (first + last) / 2, during);
        }
    }

    /** The first questions open the model. */
    private void warm() {
        for (int i = 0; i < 20; i++) client.ask(model, questions.get(i % questions.size())).join();
    }

    private void ask(int rate, int seconds, long start, ConcurrentLinkedQueue<Double> times, AtomicInteger asked, CountDownLatch left) {
        for (int i = 0; i < rate * seconds; i++) {
            long due = start + (long) (i * SECOND / rate);
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) LockSupport.parkNanos(due - now);
            asked.incrementAndGet();
            client.ask(model, questions.get(i % questions.size())).whenComplete((status, problem) -> {
                if (problem == null && status == 200) times.add((System.nanoTime() - due) / 1e6);
                left.countDown();
            });
        }
    }

    /** Batches of training a second, from the last word before to the last word at the end. */
    private static double speed(LoadClient.Listener watch, int seconds) throws InterruptedException {
        long done = watch.done(), start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        return (watch.done() - done) / ((System.nanoTime() - start) / SECOND);
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.round(share * (sorted.size() - 1))));
    }
}
