package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Parameters;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;

/** A linear head, right, and wrong in ways that the contract catches. */
class ProjectionHeadContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("A head, right or wrong")
    @Source("")
    record Planted(ProjectionHead head) implements ComponentProvider<ProjectionHead, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public ProjectionHead create(Config config, Parts parts) {
            return head;
        }
    }

    private interface Formula {
        NDArray of(NDArray x, NDArray weight, Step step);
    }

    private record Head(Parameters parameters, NDArray weight, Formula formula) implements ProjectionHead.Projection {
        @Override
        public NDArray project(NDArray relations, Step step) {
            return formula.of(relations, weight, step);
        }
    }

    private static ProjectionHeadContract<Config> contract(ProjectionHead head) {
        return new ProjectionHeadContract<>() {
            @Override
            public ComponentProvider<ProjectionHead, Config> provider() {
                return new Planted(head);
            }
        };
    }

    private static ProjectionHeadContract<Config> with(Formula formula) {
        return contract((width, allocator) -> head("projection.0.weight", allocator.glorot(width, 3), formula));
    }

    private static Head head(String name, NDArray weight, Formula formula) {
        return new Head(new Parameters().add(name, weight), weight, formula);
    }

    private static NDArray right(NDArray x, NDArray weight) {
        return x.matMul(weight);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(ProjectionHeadContract.class);
    }

    @Test
    void rightHeadsPass() {
        Mutants.assertPasses(with((x, w, step) -> right(x, w)));
        Mutants.assertPasses(contract((width, allocator) -> new Head(new Parameters(), allocator.constant(1, 1), (x, w, step) -> x)));
        // chance in training, from the engine
        Mutants.assertPasses(with((x, w, step) -> step.training() ? Dropout.dropout(right(x, w), 0.5f, true).singletonOrThrow() : right(x, w)));
    }

    @Test
    void wrongFormulasAreCaught() {
        Mutants.assertCaught(with((x, w, step) -> right(x, w).mean(new int[] {0}, true)), "givesARowForEachRow");
        Mutants.assertCaught(with((x, w, step) -> right(x, w).mul(step.manager().ones(new Shape(1, 1), DataType.FLOAT64))), "givesARowForEachRow");
        // the batch is centred
        Mutants.assertCaught(with((x, w, step) -> right(x.sub(x.mean(new int[] {0}, true)), w)), "seesEachRowByItself");
        // 0/0
        Mutants.assertCaught(with((x, w, step) -> right(x.div(x.norm(new int[] {1}, true)), w)), "isFiniteOnHardCases");
        // the root's gradient at 0
        Mutants.assertCaught(with((x, w, step) -> right(x.square().sum(new int[] {1}, true).sqrt().mul(x), w)), "isFiniteOnHardCases");
        Mutants.assertCaught(with((x, w, step) -> right(x.stopGradient(), w)), "itsGradientIsThatOfItsValue");
        Mutants.assertCaught(with((x, w, step) -> right(x, w).add(x.stopGradient().sum(new int[] {1}, true))), "itsGradientIsThatOfItsValue");
    }

    @Test
    void wrongParametersAreCaught() {
        Mutants.assertCaught(contract((width, allocator) -> head("weight", allocator.glorot(width, 3), (x, w, step) -> right(x, w))), "itsParametersHaveNames");
        // drawn from the engine
        Mutants.assertCaught(contract((width, allocator) -> {
            NDManager manager = allocator.constant(0, 1).getManager();
            return head("projection.0.weight", manager.randomNormal(new Shape(width, 3)), (x, w, step) -> right(x, w));
        }), "itsParametersComeFromTheAllocator");
        Mutants.assertCaught(contract((width, allocator) -> head("projection." + Math.abs(allocator.normal(1, 1).getFloat()), allocator.glorot(width, 3), (x, w, step) -> right(x, w))),
                "itsParametersComeFromTheAllocator");
        // a layer that is forgotten in the formula
        Mutants.assertCaught(contract((width, allocator) -> {
            Head head = head("projection.0.weight", allocator.glorot(width, 3), (x, w, step) -> right(x, w));
            head.parameters().add("projection.0.bias", allocator.constant(0, 3));
            return head;
        }), "allItsParametersLearn");
        // dead from the start
        Mutants.assertCaught(with((x, w, step) -> right(x, w.mul(0f))), "allItsParametersLearn");
    }

    @Test
    void chanceAndMemoryAreCaught() {
        // dropout outside training
        Mutants.assertCaught(with((x, w, step) -> Dropout.dropout(right(x, w), 0.5f, true).singletonOrThrow()), "isTheSameEachTime");
        AtomicInteger asked = new AtomicInteger();
        Mutants.assertCaught(with((x, w, step) -> right(x, w).mul(1f + asked.getAndIncrement())), "isTheSameEachTime");
    }

    @Test
    void wrongHandlingOfArraysIsCaught() {
        Mutants.assertCaught(with((x, w, step) -> {
            NDArray out = right(x, w);
            x.close();
            return out;
        }), "leavesItsInputsAloneAndNothingBehind");
        Mutants.assertCaught(with((x, w, step) -> {
            NDArray out = right(x, w);
            if (step.training()) x.muli(0.5f);
            return out;
        }), "leavesItsInputsAloneAndNothingBehind");
        Mutants.assertCaught(with((x, w, step) -> {
            w.getManager().create(1f);
            return right(x, w);
        }), "leavesItsInputsAloneAndNothingBehind");
    }
}
