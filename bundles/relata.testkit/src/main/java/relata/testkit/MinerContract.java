package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.learn.Contrast;
import relata.api.learn.Engine;
import relata.api.learn.Miner;

/**
 * What holds for every miner: it takes pairs away or weighs them anew, and leaves everything else as it is. Extend it and name the provider.
 *
 * <p>A miner that needs rows and candidates to be the same instances refuses others with an {@link IllegalArgumentException}.
 *
 * @param <C> the record of its settings
 */
public abstract class MinerContract<C extends Record> implements ProviderContract<Miner, C> {
    private final Engine engine = TestEngine.engine();

    private interface Check {
        void of(Miner miner, Contrast before, Contrast after);
    }

    @Test
    void keepsTheShapes() {
        mined((miner, before, after) -> {
            assertEquals(before.similarity().getShape(), after.similarity().getShape(), "the similarities after mining must be (A, C)");
            assertEquals(before.positive().getShape(), after.positive().getShape(), "the weights of attraction after mining must be (A, C)");
            assertEquals(before.negative().getShape(), after.negative().getShape(), "the weights of repulsion after mining must be (A, C)");
            assertEquals(before.anchors().getShape(), after.anchors().getShape(), "the weights of anchors after mining must be (A)");
            for (NDArray array : arrays(after)) assertEquals(DataType.FLOAT32, array.getDataType(), "a miner must give float32");
        });
    }

    @Test
    void keepsTheSimilarities() {
        mined((miner, before, after) ->
                assertArrayEquals(before.similarity().toFloatArray(), after.similarity().toFloatArray(), "a miner must change weights, never similarities"));
    }

    @Test
    void lossesStillReachTheVectors() {
        each((miner, x) -> {
            try (NDManager step = engine.newManager(); Engine.Tape tape = engine.record()) {
                Contrast contrast = x.on(step);
                contrast.similarity().setRequiresGradient(true);
                Contrast after = miner.mine(contrast);
                tape.backward(after.similarity().sum());
                try (NDArray gradient = contrast.similarity().getGradient()) {
                    for (float g : gradient.toFloatArray()) assertEquals(1, g, 1e-6, "a miner must hand on the similarities with their gradient: nothing learns through a copy");
                }
            }
        });
    }

    @Test
    void weightsAreNumbersFromZeroOn() {
        mined((miner, before, after) -> {
            for (NDArray weights : List.of(after.positive(), after.negative(), after.anchors()))
                for (float w : weights.toFloatArray()) assertTrue(w >= 0 && Float.isFinite(w), () -> "weights after mining must be finite and at least 0, but one is " + w);
        });
    }

    @Test
    void addsNoPairs() {
        mined((miner, before, after) -> {
            float[] attracted = before.positive().toFloatArray(), repelled = before.negative().toFloatArray();
            float[] attracts = after.positive().toFloatArray(), repels = after.negative().toFloatArray();
            float[] counted = before.anchors().toFloatArray(), counts = after.anchors().toFloatArray();
            int columns = (int) before.similarity().getShape().get(1);
            for (int k = 0; k < attracts.length; k++) {
                String pair = "anchor " + k / columns + " and candidate " + k % columns;
                assertTrue(attracts[k] == 0 || attracted[k] > 0, () -> "a miner must not make a positive of what was none: " + pair);
                assertTrue(repels[k] == 0 || repelled[k] > 0 || attracted[k] > 0, () -> "a miner must not compare what was not compared: " + pair);
            }
            for (int i = 0; i < counts.length; i++) assertTrue(counts[i] == 0 || counted[i] > 0, "an anchor of weight 0 must stay one: anchor " + i);
        });
    }

    @Test
    void isTheSameEachTime() {
        mined((miner, before, after) -> {
            Contrast again = miner.mine(before);
            Contrast other = part().mine(before);
            for (int i = 0; i < 4; i++) {
                assertArrayEquals(arrays(after).get(i).toFloatArray(), arrays(again).get(i).toFloatArray(), "a miner must not depend on chance or on what it saw before");
                assertArrayEquals(arrays(after).get(i).toFloatArray(), arrays(other).get(i).toFloatArray(), "two miners of equal settings must agree");
            }
        });
    }

    @Test
    void leavesItsInputsAlone() {
        each((miner, x) -> {
            try (NDManager step = engine.newManager()) {
                Contrast given = x.on(step), expected = x.on(step);
                miner.mine(given);
                for (int i = 0; i < 4; i++) {
                    assertFalse(arrays(given).get(i).isReleased(), "a miner must not close what it is given");
                    assertArrayEquals(arrays(expected).get(i).toFloatArray(), arrays(given).get(i).toFloatArray(), "a miner must not change what it is given");
                }
            }
        });
    }

    @Test
    void leavesNothingBehind() {
        each((miner, x) -> {
            try (NDManager manager = engine.newManager()) {
                try (NDManager step = manager.newSubManager()) {
                    miner.mine(x.on(step));
                }
                assertEquals(0, manager.getManagedArrays().size(), "arrays that outlive the step; all must belong to the manager of the similarities");
            }
        });
    }

    private static List<NDArray> arrays(Contrast c) {
        return List.of(c.similarity(), c.positive(), c.negative(), c.anchors());
    }

    private void mined(Check check) {
        each((miner, x) -> {
            try (NDManager step = engine.newManager()) {
                // apart from what is mined, which a wrong miner may have changed
                Contrast before = x.on(step);
                check.of(miner, before, miner.mine(x.on(step)));
            }
        });
    }

    private interface Work {
        void with(Miner miner, PlainContrast x) throws Exception;
    }

    /** Does it with every contrast that the miner does not refuse. */
    private void each(Work work) {
        Random random = new Random(7);
        List<PlainContrast> cases = List.of(PlainContrast.ofGroups(random, 2, 2), PlainContrast.ofGroups(random, 3, 1, 2), PlainContrast.ofGroups(random, 4), PlainContrast.ofGroups(random, 1, 1, 1),
                PlainContrast.ofGroups(random, 1), PlainContrast.ofGroups(random, 2, 2, 2, 2).permuted(0, 2, 4, 6, 1, 3, 5, 7), PlainContrast.weighted(random, 6, 6), PlainContrast.weighted(random, 4, 7));
        Smallest.contrast().all(cases, x -> engine.call(() -> {
            Miner miner = part();
            try {
                work.with(miner, x);
            } catch (IllegalArgumentException refused) {
                if (x.rows() == x.columns() || refused.getMessage() == null) throw refused;
            }
            return x;
        }));
    }
}
