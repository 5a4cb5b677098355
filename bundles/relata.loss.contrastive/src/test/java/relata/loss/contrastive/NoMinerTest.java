package relata.loss.contrastive;

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

class NoMinerTest extends MinerContract<NoMiner.Config> {
    @Override
    public ComponentProvider<Miner, NoMiner.Config> provider() {
        return new NoMiner();
    }

    @Test
    void keepsAllPairs() throws Exception {
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                Contrast contrast = PlainContrast.ofGroups(new Random(1), 2, 2).on(manager);
                assertSame(contrast, part().mine(contrast));
                return contrast;
            }
        });
    }
}
