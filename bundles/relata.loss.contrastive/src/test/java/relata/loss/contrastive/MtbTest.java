package relata.loss.contrastive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Loss;
import relata.testkit.LossContract;
import relata.testkit.PlainContrast;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class MtbTest extends LossContract<Mtb.Config> {
    @Override
    public ComponentProvider<Loss, Mtb.Config> provider() {
        return new Mtb();
    }

    @Override
    protected OptionalDouble reference(Mtb.Config config, PlainContrast x) {
        return OptionalDouble.of(binaryCrossEntropy(x));
    }

    private static double binaryCrossEntropy(PlainContrast x) {
        double total = 0;
        double attraction = 0;
        double repulsion = 0;
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++) {
                double probability = 1 / (1 + Math.exp(-x.similarity()[i][j]));
                total -= x.anchors()[i] * (x.positive()[i][j] * Math.log(probability) + x.negative()[i][j] * Math.log(1 - probability));
                attraction += x.anchors()[i] * x.positive()[i][j];
                repulsion += x.anchors()[i] * x.negative()[i][j];
            }
        return attraction == 0 ? 0 : total / (attraction + repulsion);
    }

    private static double value(PlainContrast x) throws Exception {
        Loss loss = TestParts.of().create(new Mtb(), Map.of());
        return TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                return (double) loss.of(x.on(manager)).getFloat();
            }
        });
    }

    @Test
    void ofOnePairByHand() throws Exception {
        PlainContrast same = new PlainContrast(new double[][] {{2}}, new double[][] {{1}}, new double[][] {{0}}, new double[] {1});
        assertEquals(0.126928, value(same), 1e-6); // log(1 + e⁻²)
        PlainContrast both = new PlainContrast(new double[][] {{2, 2}}, new double[][] {{1, 0}}, new double[][] {{0, 1}}, new double[] {1});
        assertEquals(1.126928, value(both), 1e-6); // and log(1 + e²), halved
    }

    /** Far beyond cosines, as inner products are: the logit itself, not σ of it that float32 cannot tell from 1. */
    @Test
    void staysExactForLargeLogits() throws Exception {
        PlainContrast wrong = new PlainContrast(new double[][] {{-300, 300}}, new double[][] {{1, 0}}, new double[][] {{0, 1}}, new double[] {1});
        assertEquals(300, value(wrong), 1e-4);
    }

    /** Wrong formulas that are easily written: the reference, and with it the contract, tells each from the loss. */
    @Test
    void wrongFormulasDiffer() throws Exception {
        PlainContrast x = PlainContrast.ofGroups(new Random(5), 2, 3, 1);
        double right = value(x);
        assertEquals(binaryCrossEntropy(x), right, 1e-5);
        List<Function<PlainContrast, PlainContrast>> mutants = List.of(
                m -> m.similar(s -> -s), // distances for similarities
                m -> m.similar(s -> s / 0.1), // a temperature
                m -> m.repelling(w -> 0), // positives alone
                m -> m.repelling(w -> w * 8 / 22), // as much weight on the negatives as on the positives
                m -> new PlainContrast(m.similarity(), m.negative(), m.positive(), m.anchors()),
                m -> m.anchored(1, 1, 1, 1, 1, 0)); // only anchors that have a positive
        for (Function<PlainContrast, PlainContrast> mutant : mutants)
            assertTrue(Math.abs(binaryCrossEntropy(mutant.apply(x)) - right) > 1e-3, "mutant " + mutants.indexOf(mutant));
    }
}
