package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Similarity;

/** An inner product, right, and wrong in ways that the contract catches. */
class SimilarityContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("A similarity, right or wrong")
    @Source("")
    record Planted(Similarity similarity) implements ComponentProvider<Similarity, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Similarity create(Config config, Parts parts) {
            return similarity;
        }
    }

    private static SimilarityContract<Config> contract(Similarity similarity) {
        return new SimilarityContract<>() {
            @Override
            public ComponentProvider<Similarity, Config> provider() {
                return new Planted(similarity);
            }

            @Override
            protected OptionalDouble reference(Config config, double[] anchor, double[] candidate) {
                return OptionalDouble.of(IntStream.range(0, anchor.length).mapToDouble(i -> anchor[i] * candidate[i]).sum());
            }
        };
    }

    private static NDArray right(NDArray a, NDArray c) {
        return a.matMul(c.transpose());
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(SimilarityContract.class);
    }

    @Test
    void aRightSimilarityPasses() {
        Mutants.assertPasses(contract(SimilarityContractTest::right));
    }

    @Test
    void wrongSimilaritiesAreCaught() {
        Mutants.assertCaught(contract((a, c) -> right(a, c).neg()), "isLargerForNearerVectors", "agreesWithTheReference");
        Mutants.assertCaught(contract((a, c) -> right(c, a)), "hasARowAnAnchorAndAColumnACandidate");
        Mutants.assertCaught(contract((a, c) -> right(a, c).mul(a.getManager().ones(new Shape(1, 1), DataType.FLOAT64))), "hasARowAnAnchorAndAColumnACandidate");
        Mutants.assertCaught(contract((a, c) -> right(a, c.sub(c.mean(new int[] {0}, true)))), "seesOnlyTheTwoVectors", "isSymmetric");
        Mutants.assertCaught(contract((a, c) -> right(a.div(a.norm(new int[] {1}, true)), c.div(c.norm(new int[] {1}, true)))), "isFiniteOnHardCases");
        // the gradient of a root at 0
        Mutants.assertCaught(contract((a, c) -> a.expandDims(1).sub(c.expandDims(0)).square().sum(new int[] {2}).sqrt().neg()), "isFiniteOnHardCases");
        Mutants.assertCaught(contract((a, c) -> right(a, c.stopGradient().add(c.mul(0f)))), "itsGradientIsThatOfItsValue");
        Mutants.assertCaught(contract((a, c) -> right(a, c).mul(1.01f)), "agreesWithTheReference");
        Mutants.assertCaught(contract((a, c) -> {
            NDArray s = right(a, c);
            c.close();
            return s;
        }), "leavesItsInputsAloneAndNothingBehind");
        Mutants.assertCaught(contract((a, c) -> {
            a.getManager().getParentManager().create(1f);
            return right(a, c);
        }), "leavesItsInputsAloneAndNothingBehind");
    }
}
