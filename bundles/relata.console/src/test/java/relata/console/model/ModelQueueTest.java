package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

@Timeout(60)
class ModelQueueTest {
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1), go = new CountDownLatch(1), closed = new CountDownLatch(1);

    /** Answers with the sentence's id; its first call waits; a sentence called bad breaks it. */
    private final class Slow implements RelationModel {
        @Override
        public List<String> labels() {
            return List.of("a");
        }

        @Override
        public Predictions predict(List<Example> examples) {
            sizes.add(examples.size());
            await();
            if (examples.stream().anyMatch(e -> e.id().equals("bad"))) throw new IllegalStateException("broken by a sentence");
            if (examples.stream().anyMatch(e -> e.id().equals("worse"))) throw new AssertionError("no such thing");
            return new Predictions(labels(), Optional.empty(), examples.stream().flatMap(e -> e.pairs().stream().map(p -> new Prediction(e.id(), p.tail(), List.of(), "a", List.of(1.0)))).toList());
        }

        @Override
        public Embeddings encode(List<Example> examples) {
            await();
            return new Embeddings(new float[examples.size()][2]);
        }

        private void await() {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static Example example(String id, int pairs) {
        Passage p = new Passage(id, List.of("a", "b", "c"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2), Entity.of("c", "", 2, 3)), List.of());
        return new Example(id, p, List.of(new Pair(0, 1, List.of()), new Pair(0, 2, List.of())).subList(0, pairs));
    }

    private static List<String> ids(CompletableFuture<Predictions> answers) throws Exception {
        return answers.get().items().stream().map(p -> p.example() + p.pair()).toList();
    }

    @Test
    void whatWaitsIsAnsweredTogetherAndEachGetsItsOwn() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> 1, () -> {});
        CompletableFuture<Predictions> first = queue.predict(List.of(example("first", 1)));
        begun.await();
        List<CompletableFuture<Predictions>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) others.add(queue.predict(List.of(example("x" + i, 2), example("y" + i, 1))));
        CompletableFuture<Embeddings> vectors = queue.encode(List.of(example("v", 1)));
        go.countDown();
        assertEquals(List.of("first1"), ids(first));
        for (int i = 0; i < 10; i++) assertEquals(List.of("x" + i + "1", "x" + i + "2", "y" + i + "1"), ids(others.get(i)));
        assertEquals(1, vectors.get().size());
        assertEquals(List.of(1, 20), sizes);
        queue.close();
    }

    @Test
    void batchesHaveAnEnd() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> 1, () -> {});
        queue.predict(List.of(example("first", 1)));
        begun.await();
        List<CompletableFuture<Predictions>> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) others.add(queue.predict(Collections.nCopies(20, example("x" + i, 1))));
        others.add(queue.predict(Collections.nCopies(ModelQueue.BATCH + 8, example("large", 1))));
        go.countDown();
        for (CompletableFuture<Predictions> o : others) o.get();
        assertEquals(List.of(1, 20, 20, 20, ModelQueue.BATCH + 8), sizes, "requests are not torn apart");
        queue.close();
    }

    @Test
    void whatBreaksTheModelBreaksNoOthersAnswer() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> 1, () -> {});
        CompletableFuture<Predictions> first = queue.predict(List.of(example("first", 1)));
        begun.await();
        CompletableFuture<Predictions> bad = queue.predict(List.of(example("bad", 1))), good = queue.predict(List.of(example("good", 1)));
        go.countDown();
        assertEquals(List.of("first1"), ids(first));
        assertEquals(List.of("good1"), ids(good));
        assertEquals("broken by a sentence", assertThrows(ExecutionException.class, bad::get).getCause().getMessage());
        queue.close();
    }

    @Test
    void tooMuchIsRefusedAndWhatWaitsIsAnsweredBeforeTheEnd() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> 1, () -> {});
        queue.predict(List.of(example("first", 1)));
        begun.await();
        CompletableFuture<Predictions> waits = queue.predict(Collections.nCopies(ModelQueue.MOST_WAITING, example("x", 1)));
        assertTrue(assertThrows(IllegalStateException.class, () -> queue.predict(List.of(example("y", 1)))).getMessage().contains("sentences wait"));
        queue.close();
        assertThrows(IllegalStateException.class, () -> queue.predict(List.of(example("z", 1))));
        go.countDown();
        assertEquals(ModelQueue.MOST_WAITING, waits.get().items().size());
        assertTrue(closed.await(30, TimeUnit.SECONDS));
    }

    @Test
    void aModelThatRestsAnswersAllTheSameAndClosesAtOnce() throws Exception {
        // it would rest for ever after its first batch
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> Double.MIN_NORMAL, () -> {});
        go.countDown();
        assertEquals(List.of("first1"), ids(queue.predict(List.of(example("first", 1)))));
        CompletableFuture<Predictions> second = queue.predict(List.of(example("second", 1)));
        queue.close();
        assertEquals(List.of("second1"), ids(second));
        assertTrue(closed.await(30, TimeUnit.SECONDS));
    }

    @Test
    void whatNobodyWaitsForMakesRoom() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> 1, () -> {});
        queue.predict(List.of(example("first", 1)));
        begun.await();
        queue.predict(Collections.nCopies(ModelQueue.MOST_WAITING, example("x", 1))).cancel(false);
        CompletableFuture<Embeddings> vectors = queue.encode(Collections.nCopies(ModelQueue.MOST_WAITING, example("y", 1)));
        vectors.cancel(false);
        CompletableFuture<Predictions> last = queue.predict(List.of(example("last", 1)));
        go.countDown();
        assertEquals(List.of("last1"), ids(last));
        assertEquals(List.of(1, 1), sizes);
        queue.close();
    }

    @Test
    void anErrorOfAnyKindIsTheAnswerAndTheModelGoesOn() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> 1, () -> {});
        go.countDown();
        assertEquals("no such thing", assertThrows(ExecutionException.class, queue.predict(List.of(example("worse", 1)))::get).getCause().getMessage());
        assertEquals(List.of("good1"), ids(queue.predict(List.of(example("good", 1)))));
        queue.close();
    }

    @Test
    void whoWaitsIsToldWhenTheThreadEnds() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), () -> {
            Thread.currentThread().interrupt();
            return Double.MIN_NORMAL;
        }, () -> {});
        CompletableFuture<Predictions> first = queue.predict(List.of(example("first", 1)));
        begun.await();
        CompletableFuture<Embeddings> vectors = queue.encode(List.of(example("v", 1)));
        CompletableFuture<Predictions> waits = queue.predict(List.of(example("x", 1)));
        go.countDown();
        assertEquals(List.of("first1"), ids(first));
        assertThrows(CancellationException.class, vectors::get);
        assertThrows(CancellationException.class, waits::get);
        assertTrue(closed.await(30, TimeUnit.SECONDS));
        assertTrue(queue.isClosed());
    }

    /** Answers on any thread; each call waits until it is let go. */
    private final class Many implements RelationModel {
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final CountDownLatch both = new CountDownLatch(2);

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
            threads.add(Thread.currentThread().getName());
            both.countDown();
            sizes.add(examples.size());
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Predictions(labels(), Optional.empty(), examples.stream().map(e -> new Prediction(e.id(), 0, List.of(), "a", List.of(1.0))).toList());
        }

        @Override
        public void close() {
            closed.countDown();
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
        RelationModel model = new RelationModel() {
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
                last.set(Thread.currentThread().getName().replaceAll(".*-", ""));
                try {
                    if (last.get().equals("moments") && standsStill.get()) go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new Predictions(labels(), Optional.empty(), examples.stream().map(e -> new Prediction(e.id(), 0, List.of(), "a", List.of(1.0))).toList());
            }

            @Override
            public void close() {
                closed.countDown();
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
        RelationModel ending = new RelationModel() {
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
                Thread.currentThread().interrupt();
                return new Predictions(labels(), Optional.empty(), List.of(new Prediction("x", 0, List.of(), "a", List.of(1.0))));
            }

            @Override
            public void close() {
                closed.countDown();
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
