package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;
import relata.api.run.Recipe;
import relata.api.run.RunStatus;

class TrainingsTest {
    /** Of a run of which nothing is asked. */
    static final Recipe RECIPE = new Recipe("any", "", List.of(), 42, new Ref<>(CorpusReader.class, "none", new None()), new Ref<>(CorpusReader.class, "none", new None()), Map.of(), "");

    private record None() {}

    private final AtomicLong now = new AtomicLong();
    private final Trainings trainings = new Trainings(now::get);
    private final List<Long> told = new ArrayList<>();

    private void pass(double nanos) {
        now.addAndGet((long) nanos);
    }

    @Test
    void aRunIsUnderWayUntilItEnds() {
        assertFalse(trainings.underWay());
        trainings.runStarted("a", RECIPE);
        trainings.runStarted("b", RECIPE);
        trainings.runFinished("a", RunStatus.DONE);
        assertTrue(trainings.underWay());
        trainings.runFinished("b", RunStatus.FAILED);
        assertFalse(trainings.underWay());
    }

    @Test
    void breaksAreGivenWithinAShareOfTheTime() {
        long step = TimeUnit.MILLISECONDS.toNanos(400), taken = (long) (2 * step * Trainings.SHARE);
        LongConsumer guest = may -> {
            told.add(may);
            pass(taken);
        };
        trainings.addGuest(guest);
        long breaks = 0, steps = 1000;
        for (int i = 0; i < steps; i++) {
            pass(step);
            long before = now.get();
            trainings.betweenBatches("a", "train");
            breaks += now.get() - before;
        }
        assertEquals(Trainings.SHARE, (double) breaks / now.get(), 0.001, "whoever takes twice as much comes half as often");
        assertTrue(told.stream().allMatch(may -> may > 0 && may <= step * Trainings.SHARE + taken), told.toString());
        trainings.removeGuest(guest);
        int calls = told.size();
        pass(100.0 * step);
        trainings.betweenBatches("a", "train");
        assertEquals(calls, told.size());
    }

    @Test
    void littleIsSavedUp() {
        trainings.addGuest(told::add);
        pass(TimeUnit.HOURS.toNanos(1));
        trainings.betweenBatches("a", "train");
        assertEquals(List.of(Trainings.MOST_SAVED), told);
    }

    @Test
    void aRunWithoutBreaksLeavesItsShareAllTheSame() {
        pass(Trainings.RARE + 1);
        assertTrue(trainings.mayWorkBeside());
        trainings.betweenBatches("a", "train");
        assertFalse(trainings.mayWorkBeside(), "there will be another break soon");
        pass(Trainings.RARE + 1);
        assertTrue(trainings.mayWorkBeside());
        trainings.spend(Trainings.MOST_SAVED);
        assertFalse(trainings.mayWorkBeside());
        pass(Trainings.MOST_SAVED / Trainings.SHARE);
        assertTrue(trainings.mayWorkBeside());
    }
}
