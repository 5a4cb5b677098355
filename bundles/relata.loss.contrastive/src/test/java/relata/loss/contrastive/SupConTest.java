package relata.loss.contrastive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Loss;
import relata.testkit.LossContract;
import relata.testkit.PlainContrast;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class SupConTest extends LossContract<SupCon.Config> {
    @Override
    public ComponentProvider<Loss, SupCon.Config> provider() {
        return new SupCon();
    }

    @Override
    protected OptionalDouble reference(SupCon.Config config, PlainContrast x) {
        double total = 0;
        double weight = 0;
        for (int i = 0; i < x.rows(); i++) {
            double denominator = 0;
            double attraction = 0;
            for (int a = 0; a < x.columns(); a++) {
                double w = x.negative()[i][a] + (x.positive()[i][a] > 0 ? 1 : 0);
                denominator += w * Math.exp(x.similarity()[i][a] / config.temperature());
                attraction += x.positive()[i][a];
            }
            if (attraction == 0) continue;
            double anchor = 0;
            for (int p = 0; p < x.columns(); p++)
                if (x.positive()[i][p] > 0) anchor -= x.positive()[i][p] / attraction * Math.log(Math.exp(x.similarity()[i][p] / config.temperature()) / denominator);
            total += x.anchors()[i] * anchor;
            weight += x.anchors()[i];
        }
        return OptionalDouble.of(weight == 0 ? 0 : total / weight);
    }

    @Test
    void withOnePositiveAnAnchorIsNtXent() throws Exception {
        PlainContrast x = PlainContrast.ofGroups(new Random(5), 2, 2, 2, 1);
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                float supcon = TestParts.of().create(provider(), Map.of()).of(x.on(manager)).getFloat();
                float ntXent = TestParts.of().create(new NtXent(), Map.of()).of(x.on(manager)).getFloat();
                assertEquals(ntXent, supcon, 1e-6f);
                return supcon;
            }
        });
    }
}
