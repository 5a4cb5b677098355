package relata.console.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

/**
 * An open model and the one thread that works with it. Requests that come within a few milliseconds of each other are answered together: a batch costs little
 * more than a sentence.
 */
final class ModelQueue {
    /** Sentences that are answered together at most. */
    static final int BATCH = 32;
    /** Sentences that may wait. */
    static final int MOST_WAITING = 2048;
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(5);

    /** A request that waits, for answers or for vectors. */
    private record Work(List<Example> examples, CompletableFuture<Predictions> answers, CompletableFuture<Embeddings> vectors, boolean encodes) {
        /** True if nobody waits for it any more. */
        boolean over() {
            return encodes ? vectors.isDone() : answers.isDone();
        }
    }

    private final RelationModel model;
    private final DoubleSupplier share;
    private final Runnable afterClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Work> waiting = new ArrayDeque<>();
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
        Thread thread = new Thread(this::work, "relata-model-" + name);
        thread.setDaemon(true);
        thread.start();
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
            arrived.signal();
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
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try (model) {
            try {
                for (List<Work> batch = take(); !batch.isEmpty(); batch = take()) {
                    long start = System.nanoTime();
                    answer(batch);
                    rest((long) ((System.nanoTime() - start) * (1 / share.getAsDouble() - 1)));
                }
            } finally {
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private void rest(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && !closed; ) left = arrived.awaitNanos(left);
        } finally {
            lock.unlock();
        }
    }

    /** What is done together: one request for vectors, or requests for answers; nothing if the model is to be closed. */
    private List<Work> take() throws InterruptedException {
        lock.lock();
        try {
            for (drop(); waiting.isEmpty(); drop()) {
                if (closed) return List.of();
                arrived.await();
            }
            List<Work> batch = new ArrayList<>();
            int size = 0;
            for (long left = GATHER; ; left = arrived.awaitNanos(left)) {
                drop();
                while (!waiting.isEmpty() && (batch.isEmpty() || size + waiting.peek().examples().size() <= BATCH && !waiting.peek().encodes())) {
                    Work next = waiting.remove();
                    batch.add(next);
                    size += next.examples().size();
                    if (next.encodes()) break;
                }
                if (!waiting.isEmpty() || closed || left <= 0 || size >= BATCH || batch.get(0).encodes()) break;
            }
            sentences -= size;
            return batch;
        } finally {
            lock.unlock();
        }
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
