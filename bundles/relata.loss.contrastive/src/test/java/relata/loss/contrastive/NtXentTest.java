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

class NtXentTest extends LossContract<NtXent.Config> {
    @Override
    public ComponentProvider<Loss, NtXent.Config> provider() {
        return new NtXent();
    }

    @Override
    protected OptionalDouble reference(NtXent.Config config, PlainContrast x) {
        double total = 0;
        double weight = 0;
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++) {
                if (x.positive()[i][j] == 0) continue;
                double attraction = Math.exp(x.similarity()[i][j] / config.temperature());
                double repulsion = 0;
                for (int k = 0; k < x.columns(); k++) repulsion += x.negative()[i][k] * Math.exp(x.similarity()[i][k] / config.temperature());
                total -= x.anchors()[i] * x.positive()[i][j] * Math.log(attraction / (attraction + repulsion));
                weight += x.anchors()[i] * x.positive()[i][j];
            }
        return OptionalDouble.of(weight == 0 ? 0 : total / weight);
    }

    /** The loss of Su et al. 2021 as their algorithm 1 writes it: rows 2k and 2k+1 are views of one sentence, the denominator leaves out only the anchor. */
    private static double twoViews(double[][] s, double temperature) {
        int views = s.length;
        double total = 0;
        for (int k = 0; k < views / 2; k++) total += term(s, 2 * k, 2 * k + 1, temperature) + term(s, 2 * k + 1, 2 * k, temperature);
        return total / views;
    }

    private static double term(double[][] s, int anchor, int positive, double temperature) {
        double denominator = 0;
        for (int k = 0; k < s.length; k++) if (k != anchor) denominator += Math.exp(s[anchor][k] / temperature);
        return -Math.log(Math.exp(s[anchor][positive] / temperature) / denominator);
    }

    private static double value(Map<String, ?> with, PlainContrast x) throws Exception {
        Loss loss = TestParts.of().create(new NtXent(), with);
        return TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                return (double) loss.of(x.on(manager)).getFloat();
            }
        });
    }

    @Test
    void withTwoViewsIsTheLossOfBertClre() throws Exception {
        PlainContrast x = PlainContrast.ofGroups(new Random(3), 2, 2, 2, 2, 2);
        for (double temperature : new double[] {0.05, 0.1, 1})
            assertEquals(twoViews(x.similarity(), temperature), value(Map.of("temperature", temperature), x), 1e-5);
    }

    @Test
    void releasedDividesByTheSentences() throws Exception {
        PlainContrast x = PlainContrast.ofGroups(new Random(3), 2, 2, 2, 2, 2);
        assertEquals(twoViews(x.similarity(), 0.1) / 5, value(Map.of("scale", "released"), x), 1e-6);
    }

    @Test
    void otherPositivesAreNotInTheDenominator() throws Exception {
        PlainContrast x = PlainContrast.ofGroups(new Random(4), 3);
        assertEquals(0, value(Map.of(), x), 0);
    }
}
