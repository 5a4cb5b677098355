package relata.console.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

/**
 * An open model and the threads that work with it: one for each core if it is {@linkplain RelationModel#concurrent() concurrent}, else one. Requests that come within a
 * few milliseconds of each other are answered together by the one, since a batch costs it little more than a sentence; the many take what waits at once.
 *
 * <p>While this process trains, they work in the training's {@linkplain #serve breaks}, or, if it has none, one after the other in the time that {@link Trainings} leave.
 */
final class ModelQueue {
    /** Sentences that are answered together at most. */
    static final int BATCH = 32;
    /** Likewise for each thread of a concurrent model: more are no faster, only padded longer. */
    static final int BATCH_OF_EACH = 8;
    /** Sentences that may wait. */
    static final int MOST_WAITING = 2048;
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(5);
    /** After which a thread that is not to work now looks again. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(50);
    /** How long a training waits at most for a batch that was begun in its break. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** What is done together. @param beside a training that has no break now */
    private record Batch(List<Work> works, boolean beside) {}

    private final RelationModel model;
    private final Trainings trainings;
    private final Runnable afterClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition(), idle = lock.newCondition();
    private final Deque<Work> waiting = new ArrayDeque<>();
    private final int cores, most;
    private final AtomicInteger threads;
    private int sentences, working;
    /** While a training has a break: when it is over, as {@link System#nanoTime} counts. */
    private OptionalLong breakEnds = OptionalLong.empty();
    private boolean closed;

    /** Takes the model over. @param afterClose called when the model is closed */
    ModelQueue(String name, RelationModel model, Trainings trainings, Runnable afterClose) {
        this.model = model;
        this.trainings = trainings;
        this.afterClose = afterClose;
        this.cores = model.concurrent() ? Runtime.getRuntime().availableProcessors() : 1;
        this.most = model.concurrent() ? BATCH_OF_EACH : BATCH;
        this.threads = new AtomicInteger(cores);
        start(IntStream.range(0, cores).mapToObj(i -> thread(name + "-" + i)).toList());
    }

    private Thread thread(String name) {
        Thread thread = new Thread(this::work, "relata-model-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** All, or, where the system has no more of them, none for long: those that started end at once, and the last closes the model. */
    private void start(List<Thread> all) {
        int started = 0;
        try {
            for (Thread thread : all) {
                thread.start();
                started++;
            }
        } finally {
            if (started < all.size()) {
                end();
                if (threads.addAndGet(started - all.size()) == 0) leave();
            }
        }
    }

    /** What works out the answers, for people. */
    String engine() {
        return model.engine();
    }

    List<String> labels() {
        return model.labels();
    }

    /** Answers to examples, later. @throws IllegalStateException if too many wait, or the model is closed */
    CompletableFuture<Predictions> predict(List<Example> examples) {
        List<Work> parts = Work.parts(examples, most, false);
        add(parts);
        return Work.answers(parts);
    }

    /** Vectors of examples, later. @throws IllegalStateException if too many wait, or the model is closed */
    CompletableFuture<Embeddings> encode(List<Example> examples) {
        List<Work> parts = Work.parts(examples, most, true);
        add(parts);
        return Work.vectors(parts);
    }

    /** Closes the model when what waits has been answered. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True if it answers nothing any more, except what waits. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void add(List<Work> works) {
        int more = works.stream().mapToInt(Work::size).sum();
        lock.lock();
        try {
            if (closed) throw new IllegalStateException("the model has just been closed; ask again");
            if (sentences + more > MOST_WAITING) drop();
            if (sentences + more > MOST_WAITING) throw new IllegalStateException(sentences + " sentences wait to be answered, and no more than " + MOST_WAITING + " may. Ask again in a moment.");
            waiting.addAll(works);
            sentences += more;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Answers what waits while a training has a break, until nothing is left or the time is over. What has been begun then is done before this returns, if it takes no
     * longer than a few seconds.
     */
    void serve(long nanos) {
        lock.lock();
        try {
            if (waiting.isEmpty() && working == 0) return;
            long end = System.nanoTime() + nanos;
            breakEnds = OptionalLong.of(end);
            arrived.signalAll();
            while (working > 0 || !waiting.isEmpty() && !closed) {
                long left = end - System.nanoTime() + (working > 0 ? PATIENCE : 0);
                if (left <= 0) return;
                idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            breakEnds = OptionalLong.empty();
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (Batch batch = take(); !batch.works().isEmpty(); batch = take()) {
                long start = System.nanoTime();
                Work.done(batch.works(), model);
                done(batch, System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
            if (threads.decrementAndGet() == 0) leave();
        }
    }

    private void done(Batch batch, long nanos) {
        if (batch.beside()) trainings.spend(nanos);
        lock.lock();
        try {
            working--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The last thread closes the model. */
    private void leave() {
        try {
            model.close();
        } finally {
            afterClose.run();
        }
    }

    /** Takes nothing more; what still waits will not be answered, and whoever asked for it is told. */
    private void end() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(work -> work.fail(stopped()));
            waiting.clear();
            sentences = 0;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static CancellationException stopped() {
        return new CancellationException("the model has stopped; ask again");
    }

    /** Forgets what nobody waits for any more. */
    private void drop() {
        for (Iterator<Work> all = waiting.iterator(); all.hasNext(); ) {
            Work work = all.next();
            if (!work.over()) continue;
            all.remove();
            sentences -= work.size();
        }
    }

    /** What is done together: one request for vectors, or requests for answers; nothing if the model is to be closed. */
    private Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                for (drop(); waiting.isEmpty() || !closed && !mayWork(); drop()) {
                    idle.signalAll();
                    if (closed) return new Batch(List.of(), false);
                    if (waiting.isEmpty()) arrived.await();
                    else arrived.awaitNanos(TURN);
                }
                // nothing, if whoever waited gave up just now
                List<Work> works = gather();
                if (!works.isEmpty()) return new Batch(works, breakEnds.isEmpty() && trainings.underWay());
            }
        } finally {
            lock.unlock();
        }
    }

    /** In a break, while it lasts; beside a training, one at a time. */
    private boolean mayWork() {
        if (breakEnds.isPresent()) return System.nanoTime() < breakEnds.getAsLong();
        return !trainings.underWay() || working == 0 && trainings.mayWorkBeside();
    }

    private List<Work> gather() throws InterruptedException {
        List<Work> batch = new ArrayList<>();
        int share = Math.min(most, (sentences + cores - 1) / cores);
        long wait = model.concurrent() || breakEnds.isPresent() ? 0 : GATHER;
        // from now on, as a break that begins meanwhile must know
        working++;
        try {
            int size = pick(batch, 0, share);
            for (long left = wait; left > 0 && size > 0 && size < most && waiting.isEmpty() && !closed && !batch.get(0).encodes(); ) {
                left = arrived.awaitNanos(left);
                size = pick(batch, size, most);
            }
        } catch (InterruptedException e) {
            working--;
            batch.forEach(work -> work.fail(stopped()));
            throw e;
        }
        if (batch.isEmpty()) working--;
        return batch;
    }

    /** Adds what waits to what is to be done together. @return its sentences now */
    private int pick(List<Work> batch, int before, int share) {
        int size = before;
        for (drop(); !waiting.isEmpty() && (batch.isEmpty() || size + waiting.peek().size() <= share && !waiting.peek().encodes()); ) {
            Work next = waiting.remove();
            batch.add(next);
            size += next.size();
            sentences -= next.size();
            if (next.encodes()) break;
        }
        return size;
    }
}
