package relata.loss.contrastive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDManager;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Contrast;
import relata.api.learn.Miner;
import relata.testkit.MinerContract;
import relata.testkit.PlainContrast;
import relata.testkit.TestEngine;

class NeighboursTest extends MinerContract<Neighbours.Config> {
    @Override
    public ComponentProvider<Miner, Neighbours.Config> provider() {
        return new Neighbours();
    }

    @Test
    void keepsEachRowAndItsPartner() throws Exception {
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                // rows 0, 1 are of one group, 2, 3 of two, 4 has no partner
                Contrast contrast = PlainContrast.ofGroups(new Random(1), 3, 2).on(manager);
                Contrast mined = part().mine(contrast);
                assertArrayEquals(new float[] {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, mined.positive().toFloatArray());
                assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}, mined.negative().toFloatArray());
                assertSame(contrast.similarity(), mined.similarity());
                assertSame(contrast.anchors(), mined.anchors());
                return mined;
            }
        });
    }
}
