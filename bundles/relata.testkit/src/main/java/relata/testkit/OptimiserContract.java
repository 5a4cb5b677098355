package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;

/**
 * What holds for every optimiser. Extend it and name the provider; the settings should move parameters by what float32 can tell.
 *
 * @param <C> the record of its settings
 */
public abstract class OptimiserContract<C extends Record> implements ProviderContract<Optimiser, C> {
    /** Updates that an optimiser is told of. */
    private static final int UPDATES = 12;

    private final Engine engine = TestEngine.engine();

    @Test
    void comesNearer() throws Exception {
        on((problem, updates, owner) -> {
            double before = problem.loss();
            for (int i = 0; i < UPDATES; i++) {
                problem.backward(Descent.NAMES, 1);
                updates.apply();
            }
            assertTrue(problem.loss() < before, () -> "after " + UPDATES + " updates of a convex loss it must have fallen, but went from " + before + " to " + problem.loss());
        });
    }

    @Test
    void reportsRateAndNorm() throws Exception {
        on((problem, updates, owner) -> {
            for (int i = 0; i < 3; i++) {
                double norm = 100 * problem.norm(Descent.NAMES);
                problem.backward(Descent.NAMES, 100);
                Optimiser.Report report = updates.apply();
                assertEquals(norm, report.norm(), 1e-4 * norm, "the norm must be that of all gradients together, before any clipping");
                assertTrue(report.rate() >= 0 && Double.isFinite(report.rate()), "the rate must be a number from 0, but was " + report.rate());
            }
        });
    }

    @Test
    void setsGradientsToZeroAndKeepsNoHandles() throws Exception {
        on((problem, updates, owner) -> {
            int arrays = owner.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                problem.backward(Descent.NAMES, 1);
                updates.apply();
                updates.state();
            }
            assertEquals(arrays, owner.getManagedArrays().size(), "arrays of the manager after some updates: the handle that getGradient() makes must be closed, and a result of a parameter's too");
            for (String name : Descent.NAMES)
                try (NDArray gradient = problem.parameters().get(name).getGradient()) {
                    for (float g : gradient.toFloatArray()) assertEquals(0f, g, "a gradient of '" + name + "' after the update");
                }
        });
    }

    @Test
    void leavesFrozenParametersAlone() throws Exception {
        engine.call(() -> {
            try (NDManager owner = engine.newManager()) {
                Descent problem = new Descent(engine, owner, Map.of());
                problem.parameters().freeze(name -> name.startsWith("body."));
                Map<String, float[]> before = problem.numbers();
                Optimiser.Updates updates = part().open(engine, owner, problem.parameters(), UPDATES);
                for (int i = 0; i < 3; i++) {
                    problem.backward(Descent.NAMES, 1);
                    updates.apply();
                }
                for (String name : Descent.NAMES.subList(0, 2)) assertArrayEquals(before.get(name), problem.numbers().get(name), "'" + name + "' is frozen");
                assertFalse(Arrays.equals(before.get("head.weight"), problem.numbers().get("head.weight")), "'head.weight' is not");
                return owner;
            }
        });
    }

    @Test
    void leavesAloneWhatTookNoPartYet() throws Exception {
        on((problem, updates, owner) -> {
            Map<String, float[]> before = problem.numbers();
            for (int i = 0; i < 3; i++) {
                problem.backward(List.of("body.bias"), 1);
                updates.apply();
            }
            for (String name : List.of("body.weight", "head.weight")) assertArrayEquals(before.get(name), problem.numbers().get(name), "'" + name + "' had no gradient yet: no update, no decay");
        });
    }

    @Test
    void doesTheSameTwice() throws Exception {
        Map<String, float[]> once = new LinkedHashMap<>();
        for (int run = 0; run < 2; run++)
            on((problem, updates, owner) -> {
                descend(problem, updates, 0, UPDATES);
                if (once.isEmpty()) once.putAll(problem.numbers());
                else assertSame(once, problem.numbers(), "after the same updates");
            });
    }

    @Test
    void goesOnToTheLastBitAfterARestore() throws Exception {
        for (int stop : new int[] {0, 2, 7})
            on((problem, updates, owner) -> {
                descend(problem, updates, 0, stop);
                Descent other = new Descent(engine, owner, problem.numbers());
                Optimiser.Updates resumed = part().open(engine, owner, other.parameters(), UPDATES);
                Map<String, NDArray> saved = new LinkedHashMap<>();
                updates.state().forEach((name, array) -> {
                    assertEquals(DataType.FLOAT32, array.getDataType(), "the state's '" + name + "'");
                    saved.put(name, array.duplicate());
                });
                resumed.restore(saved);
                // whoever restores has copied
                saved.values().forEach(NDArray::close);
                descend(problem, updates, stop, UPDATES);
                descend(other, resumed, stop, UPDATES);
                assertSame(problem.numbers(), other.numbers(), "after a restore at update " + stop);
                updates.state().forEach((name, array) -> assertArrayEquals(array.toFloatArray(), resumed.state().get(name).toFloatArray(), "the state's '" + name + "' after a restore at update " + stop));
            });
    }

    @Test
    void refusesAStateThatDoesNotFit() throws Exception {
        on((problem, updates, owner) -> {
            descend(problem, updates, 0, 2);
            for (Map.Entry<String, NDArray> e : updates.state().entrySet()) {
                Map<String, NDArray> state = new LinkedHashMap<>(updates.state());
                state.remove(e.getKey());
                refused(updates, state, e.getKey(), "without");
                state.put(e.getKey(), e.getValue().expandDims(0));
                refused(updates, state, e.getKey(), "with another shape of");
            }
        });
    }

    @Test
    void stopsBeforeItSpoilsTheParameters() throws Exception {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY})
            on((problem, updates, owner) -> {
                Map<String, float[]> before = problem.numbers();
                problem.backward(List.of("body.weight"), 1);
                problem.backward(List.of("head.weight"), wrong);
                assertThrows(ArithmeticException.class, updates::apply, "a gradient of " + wrong + " must stop the training");
                assertSame(before, problem.numbers(), "after a gradient of " + wrong);
            });
    }

    /** Something done with a problem and an optimiser that was opened on it. */
    private interface Check {
        /** @param owner of parameters and state */
        void on(Descent problem, Optimiser.Updates updates, NDManager owner) throws Exception;
    }

    private void on(Check check) throws Exception {
        engine.call(() -> {
            try (NDManager owner = engine.newManager()) {
                Descent problem = new Descent(engine, owner, Map.of());
                check.on(problem, part().open(engine, owner, problem.parameters(), UPDATES), owner);
                return owner;
            }
        });
    }

    /** Updates from one number to another; the head joins late. */
    private static void descend(Descent problem, Optimiser.Updates updates, int from, int to) {
        for (int i = from; i < to; i++) {
            problem.backward(Descent.NAMES.subList(0, i < 4 ? 2 : 3), 1);
            updates.apply();
        }
    }

    private static void refused(Optimiser.Updates updates, Map<String, NDArray> state, String name, String how) {
        Map<String, float[]> before = new LinkedHashMap<>();
        updates.state().forEach((n, array) -> before.put(n, array.toFloatArray()));
        String message = assertThrows(IllegalArgumentException.class, () -> updates.restore(state), "restore() " + how + " '" + name + "'").getMessage();
        assertTrue(String.valueOf(message).contains(name), () -> "the message must name '" + name + "', but is: " + message);
        updates.state().forEach((n, array) -> assertArrayEquals(before.get(n), array.toFloatArray(), "'" + n + "' after a restore that was refused"));
    }

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual, String when) {
        expected.forEach((name, numbers) -> assertArrayEquals(numbers, actual.get(name), "'" + name + "' " + when));
    }
}
