package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.run.RunStatus;

@Timeout(60)
class ConcurrentModelQueueTest {
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch go = new CountDownLatch(1), closed = new CountDownLatch(1);
    private final AtomicLong now = new AtomicLong();
    private final Trainings trainings = new Trainings(now::get);

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
        ModelQueue queue = new ModelQueue("m", model, new Trainings(), () -> {});
        List<CompletableFuture<Predictions>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) all.add(queue.predict(List.of(example("e" + i, 1))));
        model.both.await();
        go.countDown();
        for (int i = 0; i < 40; i++) assertEquals(List.of("e" + i + "0"), ids(all.get(i)));
        assertTrue(model.threads.size() > 1, model.threads.toString());
        assertTrue(sizes.stream().allMatch(n -> n <= ModelQueue.BATCH_OF_EACH), sizes.toString());
        queue.close();
        closed.await();
    }

    @Test
    void aLargeRequestIsDoneInPartsByAllThreads() throws Exception {
        Many model = new Many();
        ModelQueue queue = new ModelQueue("m", model, new Trainings(), () -> {});
        List<Example> large = IntStream.range(0, 50).mapToObj(i -> example("e" + i, 1)).toList();
        CompletableFuture<Predictions> answers = queue.predict(large), givenUp = queue.predict(Collections.nCopies(100, example("x", 1)));
        givenUp.cancel(false);
        go.countDown();
        assertEquals(large.stream().map(e -> e.id() + "0").toList(), ids(answers));
        assertTrue(sizes.stream().allMatch(n -> n <= ModelQueue.BATCH_OF_EACH) && sizes.stream().mapToInt(n -> n).sum() == 50, "parts of what was given up are not answered: " + sizes);
        assertEquals(List.of("last0"), ids(queue.predict(List.of(example("last", 1)))));
        queue.close();
        closed.await();
    }

    @Test
    void besideATrainingItAnswersInBreaks() throws Exception {
        AtomicBoolean inBreak = new AtomicBoolean();
        List<Boolean> calls = Collections.synchronizedList(new ArrayList<>());
        RelationModel model = new Concurrent() {
            @Override
            public Predictions predict(List<Example> examples) {
                calls.add(inBreak.get());
                return super.predict(examples);
            }
        };
        ModelQueue queue = new ModelQueue("m", model, busy(), () -> {});
        List<CompletableFuture<Predictions>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) all.add(queue.predict(List.of(example("e" + i, 1))));
        queue.serve(0);
        assertTrue(calls.isEmpty(), "this break was over when it began");
        inBreak.set(true);
        queue.serve(TimeUnit.MINUTES.toNanos(1));
        inBreak.set(false);
        assertTrue(all.stream().allMatch(CompletableFuture::isDone), "a break lasts until nothing waits");
        for (int i = 0; i < 20; i++) assertEquals(List.of("e" + i + "0"), ids(all.get(i)));
        assertFalse(calls.contains(false), calls.toString());
        queue.serve(TimeUnit.MINUTES.toNanos(1));
        trainings.runFinished("run", RunStatus.DONE);
        assertEquals(List.of("x0"), ids(queue.predict(List.of(example("x", 1)))), "when the training is over, nobody waits for breaks");
        queue.close();
        closed.await();
    }

    @Test
    void aBreakLastsUntilWhatHasBegunIsDone() throws Exception {
        Many model = new Many();
        ModelQueue queue = new ModelQueue("m", model, busy(), () -> {});
        CompletableFuture<Predictions> answer = queue.predict(List.of(example("e", 1)));
        long brief = TimeUnit.MILLISECONDS.toNanos(50);
        CompletableFuture<Boolean> doneAfterBreak = CompletableFuture.supplyAsync(() -> {
            // a busy machine may let nothing begin in the first
            do queue.serve(brief);
            while (sizes.isEmpty());
            return answer.isDone();
        });
        while (sizes.isEmpty()) Thread.onSpinWait();
        for (long over = System.nanoTime() + brief; System.nanoTime() < over; ) Thread.onSpinWait();
        go.countDown();
        assertTrue(doneAfterBreak.get());
        queue.close();
        closed.await();
    }

    @Test
    void besideATrainingWithoutBreaksItAnswersOneAfterTheOtherAndWithinItsShare() throws Exception {
        RelationModel model = new Concurrent() {
            @Override
            public Predictions predict(List<Example> examples) {
                sizes.add(examples.size());
                // far more than its share
                trainings.spend(Trainings.MOST_SAVED);
                return super.predict(examples);
            }
        };
        ModelQueue queue = new ModelQueue("m", model, busy(), () -> {});
        now.addAndGet(Trainings.RARE + 1);
        List<CompletableFuture<Predictions>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) all.add(queue.predict(Collections.nCopies(ModelQueue.BATCH_OF_EACH, example("e" + i, 1))));
        for (int i = 0; i < 3; i++) {
            assertEquals("e" + i + "0", ids(all.get(i)).get(0));
            assertFalse(trainings.mayWorkBeside());
            assertEquals(all.size() - 1 - i, all.stream().filter(f -> !f.isDone()).count());
            now.addAndGet((long) (2 * Trainings.MOST_SAVED / Trainings.SHARE));
        }
        queue.close();
        closed.await();
    }

    /** A run is under way, and had a break just now. */
    private Trainings busy() {
        trainings.runStarted("run", TrainingsTest.RECIPE);
        trainings.betweenBatches("run", "stage");
        return trainings;
    }

    @Test
    void whatIsCancelledAtAnyMomentDoesNotCloseTheModel() throws Exception {
        Many model = new Many();
        go.countDown();
        ModelQueue queue = new ModelQueue("m", model, new Trainings(), () -> {});
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
        ModelQueue queue = new ModelQueue("m", ending, new Trainings(), left::countDown);
        assertEquals(List.of("x0"), ids(queue.predict(List.of(example("x", 1)))));
        left.await();
        assertEquals(0, closed.getCount());
        assertTrue(queue.isClosed());
    }
}
