package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Contrast;
import relata.api.learn.Loss;

/** A supervised contrastive loss, and the mistakes one makes in writing it: the contract passes the first and catches each of the others. */
class LossContractTest {
    record Config(@Doc("Divides the similarities") @Default("0.1") @Range("(0, inf)") double temperature) {}

    @ComponentName("planted")
    @Doc("A loss, right or wrong")
    @Source("")
    record Planted(Function<Config, Loss> loss) implements ComponentProvider<Loss, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Loss create(Config config, Parts parts) {
            return loss.apply(config);
        }
    }

    private static class Contract extends LossContract<Config> {
        private final Function<Config, Loss> loss;

        Contract(Function<Config, Loss> loss) {
            this.loss = loss;
        }

        @Override
        public ComponentProvider<Loss, Config> provider() {
            return new Planted(loss);
        }
    }

    private static final class ContractWithReference extends Contract {
        ContractWithReference(Function<Config, Loss> loss) {
            super(loss);
        }

        @Override
        protected OptionalDouble reference(Config config, PlainContrast x) {
            double total = 0;
            double weight = 0;
            for (int i = 0; i < x.rows(); i++) {
                double denominator = 0;
                double attraction = 0;
                for (int j = 0; j < x.columns(); j++) {
                    denominator += (x.positive()[i][j] + x.negative()[i][j]) * Math.exp(x.similarity()[i][j] / config.temperature());
                    attraction += x.positive()[i][j];
                }
                if (attraction == 0) continue;
                weight += x.anchors()[i];
                for (int j = 0; j < x.columns(); j++)
                    total += x.anchors()[i] * x.positive()[i][j] / attraction * (Math.log(denominator) - x.similarity()[i][j] / config.temperature());
            }
            return OptionalDouble.of(weight == 0 ? 0 : total / weight);
        }
    }

    private static Contract with(BiFunction<Contrast, Float, NDArray> formula) {
        return new Contract(config -> c -> formula.apply(c, (float) config.temperature()));
    }

    /** What is right. */
    private static NDArray right(Contrast c, float temperature) {
        return mean(c, terms(c, temperature, c.positive().add(c.negative())));
    }

    /** (A), one term an anchor. */
    private static NDArray terms(Contrast c, float temperature, NDArray seen) {
        NDArray scaled = c.similarity().div(temperature);
        return terms(c, scaled, logSumExp(scaled, seen));
    }

    private static NDArray terms(Contrast c, NDArray scaled, NDArray logSumExp) {
        NDArray attraction = c.positive().sum(new int[] {1});
        return c.positive().mul(logSumExp.sub(scaled)).sum(new int[] {1}).div(attraction.maximum(1e-30f));
    }

    /** (A, 1); a very low number where nothing is seen. */
    private static NDArray logSumExp(NDArray scaled, NDArray seen) {
        NDArray logits = scaled.add(seen.maximum(1e-30f).log()).add(seen.lte(0).toType(DataType.FLOAT32, false).mul(-1e30f));
        NDArray highest = logits.max(new int[] {1}, true).stopGradient();
        return logits.sub(highest).exp().sum(new int[] {1}, true).log().add(highest);
    }

    private static NDArray mean(Contrast c, NDArray terms) {
        NDArray counted = counted(c);
        return counted.mul(terms).sum().div(counted.sum().maximum(1e-30f));
    }

    private static NDArray counted(Contrast c) {
        return c.anchors().mul(c.positive().sum(new int[] {1}).gt(0).toType(DataType.FLOAT32, false));
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(LossContract.class);
    }

    @Test
    void aRightLossPasses() {
        Mutants.assertPasses(new ContractWithReference(config -> c -> right(c, (float) config.temperature())));
        Mutants.assertPasses(with(LossContractTest::right));
    }

    @Test
    void wrongFormulasAreCaught() {
        // wrong sign
        Mutants.assertCaught(with((c, t) -> right(c, t).neg()), "fallsWhenPositivesComeNearer", "doesNotFallWhenNegativesComeNearer", "isNeverNegativeUnlessItSaysSo");
        // an instance among its own candidates
        Mutants.assertCaught(with((c, t) -> mean(c, terms(c, t, c.positive().onesLike()))), "doesNotSeeWhatHasNoWeight");
        // the positive is missing in the denominator
        Mutants.assertCaught(with((c, t) -> mean(c, terms(c, t, c.negative()))), "isNeverNegativeUnlessItSaysSo");
        // anchors of weight 0 count
        Mutants.assertCaught(with((c, t) -> terms(c, t, c.positive().add(c.negative())).mean()), "doesNotSeeWhatHasNoWeight");
        // positives and negatives mixed up
        Mutants.assertCaught(with((c, t) -> right(new Contrast(c.similarity(), c.negative(), c.positive(), c.anchors()), t)), "fallsWhenPositivesComeNearer");
        // similarities taken for distances
        Mutants.assertCaught(with((c, t) -> right(new Contrast(c.similarity().neg(), c.positive(), c.negative(), c.anchors()), t)), "fallsWhenPositivesComeNearer");
        // later rows weigh more
        Mutants.assertCaught(with((c, t) -> {
            NDArray ramp = c.similarity().getManager().arange(1f, c.anchors().size() + 1f);
            return right(new Contrast(c.similarity(), c.positive(), c.negative(), c.anchors().mul(ramp)), t);
        }), "doesNotDependOnTheOrderOfInstances");
        // as many candidates as anchors taken for granted
        Mutants.assertCaught(with((c, t) -> right(new Contrast(c.similarity().transpose(), c.positive(), c.negative(), c.anchors()), t)), "itsGradientIsThatOfItsValue");
    }

    @Test
    void wrongArithmeticIsCaught() {
        // float64 by a Java double
        Mutants.assertCaught(with((c, t) -> right(c, t).mul(1.0)), "isAFloat32Scalar");
        // not a scalar
        Mutants.assertCaught(with((c, t) -> right(c, t).expandDims(0)), "isAFloat32Scalar");
        // 0/0 without positives
        Mutants.assertCaught(with((c, t) -> {
            NDArray counted = counted(c);
            return counted.mul(terms(c, t, c.positive().add(c.negative()))).sum().div(counted.sum());
        }), "isZeroWithZeroGradientWithoutPositives", "isFiniteOnHardCases");
        // a constant where there are no positives: training would find nothing to go back through
        Mutants.assertCaught(with((c, t) -> c.positive().sum().getFloat() == 0 ? c.anchors().sum().mul(0f) : right(c, t)), "isZeroWithZeroGradientWithoutPositives");
        // exp overflows
        Mutants.assertCaught(with((c, t) -> {
            NDArray scaled = c.similarity().div(t);
            NDArray sum = scaled.exp().mul(c.positive().add(c.negative())).sum(new int[] {1}, true);
            return mean(c, terms(c, scaled, sum.maximum(1e-30f).log()));
        }), "isFiniteOnHardCases");
        // the denominator gives no gradient
        Mutants.assertCaught(with((c, t) -> {
            NDArray scaled = c.similarity().div(t);
            return mean(c, terms(c, scaled, logSumExp(scaled, c.positive().add(c.negative())).stopGradient()));
        }), "itsGradientIsThatOfItsValue");
    }

    @Test
    void wrongHandlingOfArraysIsCaught() {
        // closes an input
        Mutants.assertCaught(with((c, t) -> {
            NDArray loss = right(c, t);
            c.negative().close();
            return loss;
        }), "leavesItsInputsAlone");
        // changes an input
        Mutants.assertCaught(with((c, t) -> {
            NDArray loss = right(c, t);
            c.anchors().divi(c.anchors().sum().add(1f));
            return loss;
        }), "leavesItsInputsAlone");
        // makes an array in a manager that outlives the step
        Mutants.assertCaught(with((c, t) -> {
            c.similarity().getManager().getParentManager().create(t);
            return right(c, t);
        }), "leavesNothingBehind");
    }

    @Test
    void chanceAndMemoryAreCaught() {
        Random chance = new Random(1);
        Mutants.assertCaught(with((c, t) -> right(c, t).add((float) chance.nextDouble() * 1e-3f)), "isTheSameEachTime");
        Mutants.assertCaught(new Contract(config -> {
            AtomicInteger calls = new AtomicInteger();
            return c -> right(c, (float) config.temperature()).mul(1f + calls.getAndIncrement());
        }), "isTheSameEachTime");
    }

    @Test
    void aFormulaOtherThanTheReferenceIsCaught() {
        Mutants.assertCaught(new ContractWithReference(config -> c -> right(c, (float) config.temperature() * 1.001f)), "agreesWithTheReference");
        Mutants.assertCaught(new ContractWithReference(config -> c -> right(c, 0.1f)), "agreesWithTheReference");
        // right in value, wrong in gradient
        Mutants.assertCaught(new ContractWithReference(config -> c -> {
            NDArray loss = right(c, (float) config.temperature());
            return loss.mul(1.001f).sub(loss.stopGradient().mul(0.001f));
        }), "agreesWithTheReference");
    }
}
