package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.console.model.ModelQueueTest.example;
import static relata.console.model.ModelQueueTest.ids;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

@Timeout(60)
class ConcurrentModelQueueTest {
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch go = new CountDownLatch(1), closed = new CountDownLatch(1);

    /** Answers on any thread. */
    private class Concurrent implements RelationModel {
        @Override
        public List<String> labels() {
            return List.of("a");
        }

        @Override
        public boolean concurrent() {
            return true;
        }

        @Override
        public Predictions predict(List<Example> examples) {
            return new Predictions(labels(), Optional.empty(), examples.stream().map(e -> new Prediction(e.id(), 0, List.of(), "a", List.of(1.0))).toList());
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** Each call waits until it is let go. */
    private final class Many extends Concurrent {
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final CountDownLatch both = new CountDownLatch(2);

        @Override
        public Predictions predict(List<Example> examples) {
            threads.add(Thread.currentThread().getName());
            both.countDown();
            sizes.add(examples.size());
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.predict(examples);
        }
    }

    @Test
    void aConcurrentModelIsAskedByAThreadForEachCore() throws Exception {
        Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one core has one thread");
        Many model = new Many();
        ModelQueue queue = new ModelQueue("m", model, () -> 1, () -> {});
        List<CompletableFuture<Predictions>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) all.add(queue.predict(List.of(example("e" + i, 1))));
        model.both.await();
        go.countDown();
        for (int i = 0; i < 40; i++) assertEquals(List.of("e" + i + "0"), ids(all.get(i)));
        assertTrue(model.threads.size() > 1 && model.threads.stream().noneMatch(t -> t.endsWith("-beside")), model.threads.toString());
        assertTrue(sizes.stream().allMatch(n -> n <= ModelQueue.BATCH_OF_EACH), sizes.toString());
        queue.close();
        closed.await();
    }

    @Test
    void besideATrainingOneThreadThatGivesWayDoesTheWork() throws Exception {
        Many model = new Many();
        go.countDown();
        CountDownLatch left = new CountDownLatch(1);
        AtomicReference<Double> share = new AtomicReference<>(0.15);
        ModelQueue queue = new ModelQueue("m", model, share::get, left::countDown);
        for (int i = 0; i < 20; i++) assertEquals(List.of("e" + i + "0"), ids(queue.predict(List.of(example("e" + i, 1)))));
        // a busy machine leaves no moments, so that the other helps
        assertTrue(Set.of("relata-model-m-beside", "relata-model-m-moments").containsAll(model.threads), model.threads.toString());
        model.threads.clear();
        share.set(1.0);
        assertEquals(List.of("x0"), ids(queue.predict(List.of(example("x", 1)))));
        assertTrue(model.threads.iterator().next().matches("relata-model-m-[0-9]+"), "when the training is over, others answer: " + model.threads);
        queue.close();
        left.await();
        assertEquals(0, closed.getCount(), "the model is closed before its lease is given back");
    }

    @Test
    void besideATrainingWhatFindsNoMomentOrIsLargeIsAnsweredAllTheSame() throws Exception {
        FutureTask<Boolean> leaves = new FutureTask<>(Courtesy::takeWhatIsLeft);
        new Thread(leaves).start();
        Assumptions.assumeTrue(leaves.get(), "no Linux with chrt");
        AtomicReference<String> last = new AtomicReference<>("");
        AtomicBoolean standsStill = new AtomicBoolean();
        RelationModel model = new Concurrent() {
            @Override
            public Predictions predict(List<Example> examples) {
                last.set(Thread.currentThread().getName().replaceAll(".*-", ""));
                try {
                    if (last.get().equals("moments") && standsStill.get()) go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.predict(examples);
            }
        };
        ModelQueue queue = new ModelQueue("m", model, () -> 0.99, () -> {});
        while (!last.get().equals("moments")) ids(queue.predict(List.of(example("x", 1))));
        assertEquals(ModelQueue.BATCH_OF_EACH + 1, ids(queue.predict(Collections.nCopies(ModelQueue.BATCH_OF_EACH + 1, example("large", 1)))).size());
        assertEquals("beside", last.get());
        standsStill.set(true);
        for (int i = 0; i < 3; i++) assertEquals(List.of("e" + i + "0"), ids(queue.predict(List.of(example("e" + i, 1)))));
        assertEquals("beside", last.get());
        queue.close();
        assertEquals(1, closed.getCount(), "a model that is still asked is not closed");
        go.countDown();
        closed.await();
    }

    @Test
    void whatIsCancelledAtAnyMomentDoesNotCloseTheModel() throws Exception {
        Many model = new Many();
        go.countDown();
        ModelQueue queue = new ModelQueue("m", model, () -> 1, () -> {});
        for (int i = 0; i < 5_000; i++) queue.predict(List.of(example("x", 1))).cancel(false);
        assertEquals(List.of("last0"), ids(queue.predict(List.of(example("last", 1)))));
        queue.close();
        closed.await();
    }

    @Test
    void aConcurrentModelIsClosedWhenOneOfItsThreadsEnds() throws Exception {
        RelationModel ending = new Concurrent() {
            @Override
            public Predictions predict(List<Example> examples) {
                Thread.currentThread().interrupt();
                return super.predict(examples);
            }
        };
        CountDownLatch left = new CountDownLatch(1);
        ModelQueue queue = new ModelQueue("m", ending, () -> 1, left::countDown);
        assertEquals(List.of("x0"), ids(queue.predict(List.of(example("x", 1)))));
        left.await();
        assertEquals(0, closed.getCount());
        assertTrue(queue.isClosed());
    }
}
