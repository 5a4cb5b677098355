package relata.console.model;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

/**
 * An open model and the threads that work with it.
 *
 * <p>A model that is {@linkplain RelationModel#concurrent() concurrent} has one for each core, and takes what waits at once. While this process trains, one thread of
 * {@linkplain Courtesy#giveWay low priority} has its work done in {@link Moments} that the training leaves, one request after the other. What finds no moment in time, and what is
 * large, it does itself, and rests afterwards. Any other model has one thread. Requests that come within a few milliseconds of each other are answered together, since a batch costs it
 * little more than a sentence; while this process trains, it rests.
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
    /** What is not done after this found no moment that the training leaves. */
    private static final long LATE = TimeUnit.SECONDS.toNanos(1);

    /** A request that waits, for answers or for vectors. */
    private record Work(List<Example> examples, CompletableFuture<Predictions> answers, CompletableFuture<Embeddings> vectors, boolean encodes) {
        /** True if nobody waits for it any more. */
        boolean over() {
            return encodes ? vectors.isDone() : answers.isDone();
        }
    }

    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private final RelationModel model;
    private final DoubleSupplier share;
    private final Runnable afterClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Work> waiting = new ArrayDeque<>();
    private final int cores;
    private final AtomicInteger workers;
    private int sentences;
    private boolean closed;

    /**
     * Takes the model over.
     *
     * @param share of the time in which the model may work, above 0 and at most 1: it rests after each batch, for as long as that took and the share says
     * @param afterClose called when the model is closed
     */
    ModelQueue(String name, RelationModel model, DoubleSupplier share, Runnable afterClose) {
        this.model = model;
        this.share = share;
        this.afterClose = afterClose;
        this.cores = model.concurrent() ? Runtime.getRuntime().availableProcessors() : 1;
        List<Thread> threads = new ArrayList<>();
        if (!model.concurrent()) threads.add(thread(name, () -> work(() -> true, () -> null)));
        else {
            for (int i = 0; i < cores; i++) threads.add(thread(name + "-" + i, () -> work(() -> share.getAsDouble() >= 1, () -> null)));
            threads.add(thread(name + "-beside", () -> work(() -> share.getAsDouble() < 1, () -> new Moments("relata-model-" + name + "-moments"))));
        }
        this.workers = new AtomicInteger(threads.size());
        start(threads);
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "relata-model-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** All, or, where the system has no more of them, none for long: those that started end at once, and the last closes the model. */
    private void start(List<Thread> threads) {
        int started = 0;
        try {
            for (Thread thread : threads) {
                thread.start();
                started++;
            }
        } finally {
            if (started < threads.size()) {
                end();
                if (workers.addAndGet(started - threads.size()) == 0) leave();
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
        CompletableFuture<Predictions> answers = new CompletableFuture<>();
        add(new Work(examples, answers, new CompletableFuture<>(), false));
        return answers;
    }

    /** Vectors of examples, later. @throws IllegalStateException if too many wait, or the model is closed */
    CompletableFuture<Embeddings> encode(List<Example> examples) {
        CompletableFuture<Embeddings> vectors = new CompletableFuture<>();
        add(new Work(examples, new CompletableFuture<>(), vectors, true));
        return vectors;
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

    private void add(Work work) {
        lock.lock();
        try {
            if (closed) throw new IllegalStateException("the model has just been closed; ask again");
            if (sentences + work.examples().size() > MOST_WAITING) drop();
            if (sentences + work.examples().size() > MOST_WAITING) throw new IllegalStateException(sentences + " sentences wait to be answered, and no more than " + MOST_WAITING + " may. Ask again in a moment.");
            waiting.add(work);
            sentences += work.examples().size();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @param turn whether this thread is to work now @param leaving makes what it needs to leave others alone, if it is to */
    private void work(BooleanSupplier turn, Supplier<@Nullable Moments> leaving) {
        try (Moments moments = leaving.get()) {
            if (moments != null) Courtesy.giveWay();
            for (List<Work> batch = take(turn, moments); !batch.isEmpty(); batch = take(turn, moments)) {
                if (moments != null && inMoments(batch, moments)) continue;
                long start = moments == null ? System.nanoTime() : PROCESSOR.getCurrentThreadCpuTime();
                answer(batch);
                // of a thread that gives way, what counts is how long it worked, not how long it was kept from it
                rest((long) (((moments == null ? System.nanoTime() : PROCESSOR.getCurrentThreadCpuTime()) - start) * (1 / share.getAsDouble() - 1)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
            if (workers.decrementAndGet() == 0) leave();
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
            for (Work work : waiting) {
                work.answers().completeExceptionally(new CancellationException("the model has stopped; ask again"));
                work.vectors().completeExceptionally(new CancellationException("the model has stopped; ask again"));
            }
            waiting.clear();
            sentences = 0;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what nobody waits for any more. */
    private void drop() {
        for (Iterator<Work> all = waiting.iterator(); all.hasNext(); ) {
            Work work = all.next();
            if (!work.over()) continue;
            all.remove();
            sentences -= work.examples().size();
        }
    }

    /** @return false if it is large, or not done in time */
    private boolean inMoments(List<Work> batch, Moments moments) throws InterruptedException {
        if (batch.stream().mapToInt(w -> w.examples().size()).sum() > BATCH_OF_EACH || !moments.mayCome()) return false;
        return moments.did(() -> {
            if (!batch.stream().allMatch(Work::over)) answer(batch);
        }, LATE);
    }

    private void rest(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && !closed; ) left = arrived.awaitNanos(left);
        } finally {
            lock.unlock();
        }
    }

    /** What is done together: one request for vectors, or requests for answers; nothing if the model is to be closed. */
    private List<Work> take(BooleanSupplier turn, @Nullable Moments moments) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                for (drop(); waiting.isEmpty() || !closed && !turn.getAsBoolean(); drop()) {
                    if (closed) return List.of();
                    if (waiting.isEmpty()) arrived.await();
                    else arrived.awaitNanos(TURN);
                }
                List<Work> batch = gather(moments == null || !moments.mayCome());
                // nothing, if whoever waited gave up just now
                if (!batch.isEmpty()) return batch;
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Work> gather(boolean several) throws InterruptedException {
        List<Work> batch = new ArrayList<>();
        int size = 0, most = !several ? 1 : model.concurrent() ? Math.min(BATCH_OF_EACH, (sentences + cores - 1) / cores) : BATCH;
        for (long left = model.concurrent() ? 0 : GATHER; ; left = arrived.awaitNanos(left)) {
            drop();
            while (!waiting.isEmpty() && (batch.isEmpty() || size + waiting.peek().examples().size() <= most && !waiting.peek().encodes())) {
                Work next = waiting.remove();
                batch.add(next);
                size += next.examples().size();
                if (next.encodes()) break;
            }
            if (batch.isEmpty() || !waiting.isEmpty() || closed || left <= 0 || size >= most || batch.get(0).encodes()) break;
        }
        sentences -= size;
        return batch;
    }

    private void answer(List<Work> batch) {
        try {
            if (batch.get(0).encodes()) {
                batch.get(0).vectors().complete(model.encode(batch.get(0).examples()));
                return;
            }
            Predictions all = model.predict(batch.stream().flatMap(w -> w.examples().stream()).toList());
            int from = 0;
            for (Work work : batch) {
                int to = from + work.examples().stream().mapToInt(e -> e.pairs().size()).sum();
                work.answers().complete(new Predictions(all.labels(), all.negative(), all.items().subList(from, to)));
                from = to;
            }
        } catch (Throwable e) {
            // what one of them asked must not spoil the answers of the others
            if (batch.size() > 1) batch.forEach(w -> answer(List.of(w)));
            else {
                batch.get(0).answers().completeExceptionally(e);
                batch.get(0).vectors().completeExceptionally(e);
            }
        }
    }
}
