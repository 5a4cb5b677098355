package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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

    /** Answers with the sentence's id; its first call waits; a sentence called bad breaks it, one that interrupts ends its thread. */
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
            if (examples.stream().anyMatch(e -> e.id().equals("interrupts"))) Thread.currentThread().interrupt();
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

    static Example example(String id, int pairs) {
        Passage p = new Passage(id, List.of("a", "b", "c"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2), Entity.of("c", "", 2, 3)), List.of());
        return new Example(id, p, List.of(new Pair(0, 1, List.of()), new Pair(0, 2, List.of())).subList(0, pairs));
    }

    static List<String> ids(CompletableFuture<Predictions> answers) throws Exception {
        return answers.get().items().stream().map(p -> p.example() + p.pair()).toList();
    }

    @Test
    void whatWaitsIsAnsweredTogetherAndEachGetsItsOwn() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
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
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
        queue.predict(List.of(example("first", 1)));
        begun.await();
        List<CompletableFuture<Predictions>> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) others.add(queue.predict(Collections.nCopies(20, example("x" + i, 1))));
        others.add(queue.predict(Collections.nCopies(ModelQueue.BATCH + 8, example("large", 1))));
        go.countDown();
        for (CompletableFuture<Predictions> o : others) o.get();
        assertEquals(List.of(1, 20, 20, 20, ModelQueue.BATCH, 8), sizes, "only what is larger than a batch is torn apart");
        queue.close();
    }

    @Test
    void whatBreaksTheModelBreaksNoOthersAnswer() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
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
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
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
    void aModelThatMayNotWorkNowClosesAtOnceAllTheSame() throws Exception {
        Trainings trainings = new Trainings(() -> 0);
        trainings.runStarted("run", TrainingsTest.RECIPE);
        ModelQueue queue = new ModelQueue("m", new Slow(), trainings, () -> {});
        go.countDown();
        CompletableFuture<Predictions> waits = queue.predict(List.of(example("x", 1)));
        queue.close();
        assertEquals(List.of("x1"), ids(waits));
        assertTrue(closed.await(30, TimeUnit.SECONDS));
    }

    @Test
    void whatNobodyWaitsForMakesRoom() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
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
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
        go.countDown();
        assertEquals("no such thing", assertThrows(ExecutionException.class, queue.predict(List.of(example("worse", 1)))::get).getCause().getMessage());
        assertEquals(List.of("good1"), ids(queue.predict(List.of(example("good", 1)))));
        queue.close();
    }

    @Test
    void whoWaitsIsToldWhenTheThreadEnds() throws Exception {
        ModelQueue queue = new ModelQueue("m", new Slow(), new Trainings(), () -> {});
        CompletableFuture<Predictions> first = queue.predict(List.of(example("interrupts", 1)));
        begun.await();
        CompletableFuture<Embeddings> vectors = queue.encode(List.of(example("v", 1)));
        CompletableFuture<Predictions> waits = queue.predict(List.of(example("x", 1)));
        go.countDown();
        assertEquals(List.of("interrupts1"), ids(first));
        assertThrows(CancellationException.class, vectors::get);
        assertThrows(CancellationException.class, waits::get);
        assertTrue(closed.await(30, TimeUnit.SECONDS));
        assertTrue(queue.isClosed());
    }
}
