package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Contrast;
import relata.api.learn.Miner;

/** Miners with planted mistakes, each caught by the test that should. */
class MinerContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("A miner, right or wrong")
    @Source("")
    record Planted(Miner miner) implements ComponentProvider<Miner, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Miner create(Config config, Parts parts) {
            return miner;
        }
    }

    private static MinerContract<Config> contract(Miner miner) {
        return new MinerContract<>() {
            @Override
            public ComponentProvider<Miner, Config> provider() {
                return new Planted(miner);
            }
        };
    }

    /** Weights of repulsion that are made of those that were. */
    private static Miner repelling(UnaryOperator<NDArray> change) {
        return c -> new Contrast(c.similarity(), c.positive(), change.apply(c.negative()), c.anchors());
    }

    /** Keeps negatives that are nearer than 0.2. */
    private static Contrast hard(Contrast c) {
        NDArray kept = c.similarity().gt(0.2f).toType(DataType.FLOAT32, false);
        return new Contrast(c.similarity(), c.positive(), c.negative().mul(kept), c.anchors());
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(MinerContract.class);
    }

    @Test
    void rightMinersPass() {
        Mutants.assertPasses(contract(MinerContractTest::hard));
        Mutants.assertPasses(contract(c -> c));
        // twos that attract each other may be set apart
        Mutants.assertPasses(contract(c -> new Contrast(c.similarity(), c.positive().mul(0f), c.positive().add(c.negative()), c.anchors())));
    }

    @Test
    void refusingWhatIsNotSquareIsRight() {
        Mutants.assertPasses(contract(c -> {
            if (c.positive().getShape().get(0) != c.positive().getShape().get(1)) throw new IllegalArgumentException("rows and candidates must be the same");
            return hard(c);
        }));
        Mutants.assertCaught(contract(c -> {
            if (c.positive().getShape().get(0) < 5) throw new IllegalArgumentException("too few");
            return hard(c);
        }), "keepsTheShapes");
    }

    @Test
    void wrongShapesAndTypesAreCaught() {
        Mutants.assertCaught(contract(repelling(w -> w.sum(new int[] {1}, true))), "keepsTheShapes");
        Mutants.assertCaught(contract(repelling(w -> w.mul(w.getManager().ones(new Shape(1, 1), DataType.FLOAT64)))), "keepsTheShapes");
        Mutants.assertCaught(contract(c -> new Contrast(c.similarity(), c.positive(), c.negative(), c.anchors().expandDims(1))), "keepsTheShapes");
    }

    @Test
    void changedSimilaritiesAreCaught() {
        Mutants.assertCaught(contract(c -> new Contrast(c.similarity().sub(c.negative().mul(1e-3f)), c.positive(), c.negative(), c.anchors())), "keepsTheSimilarities");
        Mutants.assertCaught(contract(c -> new Contrast(c.similarity().stopGradient().add(c.similarity().mul(0f)), c.positive(), c.negative(), c.anchors())), "lossesStillReachTheVectors");
    }

    @Test
    void wrongWeightsAreCaught() {
        Mutants.assertCaught(contract(repelling(w -> w.sub(0.5f))), "weightsAreNumbersFromZeroOn");
        // 0/0 where nothing repels
        Mutants.assertCaught(contract(repelling(w -> w.div(w.sum(new int[] {1}, true)))), "weightsAreNumbersFromZeroOn");
        // an instance repels itself
        Mutants.assertCaught(contract(repelling(NDArray::onesLike)), "addsNoPairs");
        // what is near attracts
        Mutants.assertCaught(contract(c -> new Contrast(c.similarity(), c.similarity().gt(0f).toType(DataType.FLOAT32, false), c.negative(), c.anchors())), "addsNoPairs");
        Mutants.assertCaught(contract(c -> new Contrast(c.similarity(), c.positive(), c.negative(), c.anchors().onesLike())), "addsNoPairs");
    }

    @Test
    void wrongHandlingOfArraysIsCaught() {
        Mutants.assertCaught(contract(c -> {
            c.negative().muli(0.5f);
            return c;
        }), "leavesItsInputsAlone");
        Mutants.assertCaught(contract(c -> {
            Contrast mined = hard(c);
            c.negative().close();
            return mined;
        }), "leavesItsInputsAlone");
        Mutants.assertCaught(contract(c -> {
            c.similarity().getManager().getParentManager().create(1f);
            return hard(c);
        }), "leavesNothingBehind");
    }

    @Test
    void memoryIsCaught() {
        AtomicInteger asked = new AtomicInteger();
        Mutants.assertCaught(contract(repelling(w -> w.div(1f + asked.getAndIncrement()))), "isTheSameEachTime");
    }

    @Test
    void aFailureShowsASmallContrast() {
        Throwable failure = Mutants.failures(contract(repelling(NDArray::onesLike))).get("addsNoPairs");
        assertTrue(failure.getMessage().contains("must not compare what was not compared") && failure.getMessage().contains("1 anchors, 1 candidates"), failure.getMessage());
    }
}
