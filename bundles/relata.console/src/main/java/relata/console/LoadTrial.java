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
    /** Seconds in which what was asked last must be answered. */
    private static final int PATIENCE = 120;
    /** Seconds until listeners have heard what they are told first: what is measured is that they are there, not that they come. */
    private static final int SETTLE = 1;
    private static final int LEAST_WARM = 20, MOST_WARM = 1000;

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
     * @param before batches of training a second without load: the mean of the windows before, between and after; 0 without a run
     * @param during likewise with it
     * @param change of the training's speed by the load, in percent: the mean of what each window with load shows beside its two neighbours
     * @param error standard error of that mean, in percentage points; 0 for one window
     */
    record Outcome(int asked, int answered, double rate, double p50, double p95, double p99, int slowest, long events, long ended, double before, double during, double change, double error) {}

    private final LoadClient client;
    private final String model;
    private final List<String> questions;

    LoadTrial(LoadClient client, String model, List<String> questions) {
        this.client = client;
        this.model = model;
        this.questions = questions;
    }

    /** @param run a run under way whose speed is watched, or empty @param rate questions a second @param rounds windows with load, between windows without; without a run, one after the other */
    Outcome measure(String run, int listeners, int rate, int seconds, int rounds) throws InterruptedException {
        warm();
        Load load = new Load(rate, seconds);
        try (LoadClient.Listener watch = client.new Listener(run, () -> {})) {
            // how far the training is already must be known, or it would count as done in this time
            for (int i = 0; !run.isEmpty() && watch.last().batches() == 0 && i < 600; i++) TimeUnit.MILLISECONDS.sleep(100);
            List<Double> without = new ArrayList<>(), with = new ArrayList<>();
            if (!run.isEmpty()) without.add(speed(watch, seconds));
            for (int i = 0; i < rounds; i++) {
                with.add(load.window(watch, listeners));
                if (!run.isEmpty()) without.add(speed(watch, seconds));
            }
            return load.outcome(without, with);
        }
    }

    /** The first questions open the model, and Java compiles what answers them. */
    private void warm() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        for (int i = 0; i < MOST_WARM && (i < LEAST_WARM || System.nanoTime() < end); i++) client.ask(model, questions.get(i % questions.size())).join();
    }

    /** What was asked in all windows with load, and how that was answered. */
    private final class Load {
        private final int rate, seconds;
        private final ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
        private final AtomicInteger asked = new AtomicInteger();
        private double took;
        private long events, ended;

        Load(int rate, int seconds) {
            this.rate = rate;
            this.seconds = seconds;
        }

        /** One window. @return the training's speed in it */
        double window(LoadClient.Listener watch, int listeners) throws InterruptedException {
            List<LoadClient.Listener> others = client.listeners("", listeners);
            TimeUnit.SECONDS.sleep(SETTLE);
            CountDownLatch left = new CountDownLatch(rate * seconds);
            long start = System.nanoTime();
            Thread asking = new Thread(() -> ask(rate, seconds, start, times, asked, left), "relata-load");
            asking.start();
            double during = speed(watch, seconds);
            asking.join();
            boolean all = left.await(PATIENCE, TimeUnit.SECONDS);
            took += (System.nanoTime() - start) / SECOND - (all ? 0 : PATIENCE);
            events += others.stream().mapToLong(l -> l.events.get()).sum();
            ended += others.stream().filter(LoadClient.Listener::ended).count();
            others.forEach(LoadClient.Listener::close);
            return during;
        }

        Outcome outcome(List<Double> without, List<Double> with) {
            List<Double> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            List<Double> changes = changes(without, with);
            return new Outcome(asked.get(), sorted.size(), sorted.size() / took, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), (int) Math.round(at(sorted, 1)), events, ended, mean(without), without.isEmpty() ? 0 : mean(with), mean(changes), error(changes));
        }
    }

    /** How much faster each window with load was than the mean of those before and after it, in percent. */
    static List<Double> changes(List<Double> without, List<Double> with) {
        List<Double> changes = new ArrayList<>();
        for (int i = 0; i < without.size() - 1; i++) {
            double beside = (without.get(i) + without.get(i + 1)) / 2;
            if (beside > 0) changes.add(100 * (with.get(i) / beside - 1));
        }
        return changes;
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** Standard error of the mean. */
    static double error(List<Double> values) {
        if (values.size() < 2) return 0;
        double mean = mean(values), squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1) / values.size());
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
        LoadClient.Listener.Mark first = watch.last();
        TimeUnit.SECONDS.sleep(seconds);
        LoadClient.Listener.Mark last = watch.last();
        return last.nanos() == first.nanos() ? 0 : (last.batches() - first.batches()) * SECOND / (last.nanos() - first.nanos());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.round(share * (sorted.size() - 1))));
    }
}
