package relata.testkit;

import static ai.djl.nn.core.Linear.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.view.View;

/** A linear classifier, and the mistakes one makes in writing an objective: the contract passes the first and catches each of the others. */
class ObjectiveContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("An objective, right or wrong")
    @Source("")
    record Planted(Function<Objective.Setting, Linear> opening, boolean classifies) implements ComponentProvider<Objective, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Objective create(Config config, Parts parts) {
            return new Objective() {
                @Override
                public boolean classifies() {
                    return classifies;
                }

                @Override
                public Term open(Setting setting) {
                    return opening.apply(setting);
                }
            };
        }
    }

    /** Cross-entropy of a linear layer: right; its subclasses are wrong in one thing each. */
    private static class Linear implements Objective.Term {
        final Parameters parameters = new Parameters();
        final List<String> labels;

        Linear(Objective.Setting setting) {
            labels = setting.relations();
            parameters.add("weight", setting.allocator().normal(0.5, labels.size(), setting.dimension()));
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }

        NDArray scores(NDArray h) {
            // not the parameter first: the result would belong to its manager
            return linear(h, parameters.get("weight")).singletonOrThrow();
        }

        @Override
        public NDArray loss(Encoding encoding, Collated batch, Step step) {
            return loss(scores(encoding.relations()), batch, step);
        }

        NDArray loss(NDArray scores, Collated batch, Step step) {
            long[] gold = batch.rows().stream().mapToLong(row -> {
                if (row.relations().isEmpty()) throw new IllegalArgumentException("example '" + row.view().source().id() + "' has no label");
                return labels.indexOf(row.relations().get(0));
            }).toArray();
            return step.engine().kernels().crossEntropy(scores, step.manager().create(gold), 0);
        }

        @Override
        public Optional<NDArray> logits(Encoding encoding, Step step) {
            return Optional.of(scores(encoding.relations()));
        }
    }

    private static ObjectiveContract<Config> contract(Function<Objective.Setting, Linear> opening, boolean classifies) {
        return new ObjectiveContract<>() {
            @Override
            public ComponentProvider<Objective, Config> provider() {
                return new Planted(opening, classifies);
            }

            @Override
            protected Collated collate(List<View> views) {
                return new Collated(views, Collated.rows(views), 2, Map.of("ids", new Collated.Field(new long[] {1, 2, 3}, 3)));
            }
        };
    }

    private static void caught(Function<Objective.Setting, Linear> opening, String... tests) {
        Mutants.assertCaught(contract(opening, true), tests);
    }

    /** What is done to the loss in place of giving it. */
    private interface Change {
        NDArray of(NDArray loss, Encoding encoding, Step step);
    }

    private static void caught(Change change, String... tests) {
        caught(setting -> new Linear(setting) {
            @Override
            public NDArray loss(Encoding encoding, Collated batch, Step step) {
                return change.of(super.loss(encoding, batch, step), encoding, step);
            }
        }, tests);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(ObjectiveContract.class);
    }

    @Test
    void aRightObjectivePasses() {
        Mutants.assertPasses(contract(Linear::new, true));
    }

    @Test
    void wrongLossesAreCaught() {
        caught((loss, encoding, step) -> loss.expandDims(0), "isAFloat32Scalar");
        caught((loss, encoding, step) -> loss.mul(1.0), "isAFloat32Scalar");
        caught((loss, encoding, step) -> loss.add(encoding.relations().square().sum(new int[] {1}).sqrt().mean()), "isFiniteOnHardCases");
        caught((loss, encoding, step) -> loss.add(encoding.relations().exp().mean()), "isFiniteOnHardCases");
        caught((loss, encoding, step) -> loss.add(encoding.relations().square().mean().stopGradient()), "itsGradientIsThatOfItsValue");
        caught((loss, encoding, step) -> loss.stopGradient().add(encoding.relations().mul(0f).sum()), "itsGradientIsThatOfItsValue", "teachesTheEncoderUnlessItSaysSo");
    }

    @Test
    void wrongHandlingOfArraysIsCaught() {
        caught((loss, encoding, step) -> {
            encoding.relations().close();
            return loss;
        }, "leavesItsInputsAlone");
        caught((loss, encoding, step) -> {
            encoding.relations().muli(0.5f);
            return loss;
        }, "leavesItsInputsAlone");
        caught((loss, encoding, step) -> {
            step.manager().getParentManager().create(1f);
            return loss;
        }, "leavesNothingBehind");
        // the parameter first
        caught(setting -> new Linear(setting) {
            @Override
            NDArray scores(NDArray h) {
                return h.matMul(parameters.get("weight").transpose());
            }
        }, "leavesNothingBehind");
    }

    @Test
    void chanceAndMemoryAreCaught() {
        Random chance = new Random(1);
        caught((loss, encoding, step) -> loss.add((float) chance.nextDouble()), "isTheSameEachTime");
        caught((loss, encoding, step) -> step.training() ? loss.add((float) chance.nextDouble()) : loss, "isTheSameEachTime");
        caught(setting -> new Linear(setting) {
            private final AtomicInteger calls = new AtomicInteger();

            @Override
            public NDArray loss(Encoding encoding, Collated batch, Step step) {
                return super.loss(encoding, batch, step).mul(1f + calls.getAndIncrement());
            }
        }, "isTheSameEachTime");
    }

    @Test
    void wrongParametersAreCaught() {
        Random chance = new Random(1);
        caught(setting -> {
            Linear linear = new Linear(setting);
            linear.parameters.add("scale" + chance.nextInt(), setting.allocator().constant(1, 1));
            return linear;
        }, "itsParametersAreTheSameForTheSameGenerator");
        caught(setting -> {
            Linear linear = new Linear(setting);
            linear.parameters.get("weight").muli((float) chance.nextDouble());
            return linear;
        }, "itsParametersAreTheSameForTheSameGenerator");
        // no gradient for a parameter that matters
        caught(setting -> new Linear(setting) {
            @Override
            NDArray scores(NDArray h) {
                return h.matMul(parameters.get("weight").stopGradient().transpose());
            }
        }, "itsGradientIsThatOfItsValue");
    }

    @Test
    void wrongLogitsAreCaught() {
        Mutants.assertCaught(contract(Linear::new, false), "hasLogitsIfItClassifies");
        caught(setting -> new Linear(setting) {
            @Override
            public Optional<NDArray> logits(Encoding encoding, Step step) {
                return Optional.empty();
            }
        }, "hasLogitsIfItClassifies");
        caught(setting -> new Linear(setting) {
            @Override
            public Optional<NDArray> logits(Encoding encoding, Step step) {
                return Optional.of(scores(encoding.relations()).transpose());
            }
        }, "hasLogitsIfItClassifies");
        Random chance = new Random(1);
        caught(setting -> new Linear(setting) {
            @Override
            public Optional<NDArray> logits(Encoding encoding, Step step) {
                return Optional.of(scores(encoding.relations()).add(step.manager().create(new float[] {(float) chance.nextDouble()}, new Shape(1, 1))));
            }
        }, "hasLogitsIfItClassifies");
    }

    @Test
    void wrongPreparationIsCaught() {
        caught(setting -> new Linear(setting) {
            @Override
            public Collated prepare(Collated batch, RandomGenerator random) {
                batch.field("ids").values()[0]++;
                return batch;
            }
        }, "preparesABatchByItsGeneratorAndLeavesItAlone");
        Random chance = new Random(1);
        caught(setting -> new Linear(setting) {
            @Override
            public Collated prepare(Collated batch, RandomGenerator random) {
                return batch.with(new HashMap<>(Map.of("hidden", new Collated.Field(new long[] {chance.nextLong()}, 1))));
            }
        }, "preparesABatchByItsGeneratorAndLeavesItAlone");
        caught(setting -> new Linear(setting) {
            @Override
            public Collated prepare(Collated batch, RandomGenerator random) {
                List<View> fewer = batch.views().subList(1, batch.views().size());
                return new Collated(fewer, Collated.rows(fewer), batch.length(), batch.fields());
            }
        }, "preparesABatchByItsGeneratorAndLeavesItAlone");
    }

    @Test
    void aRefusalThatNamesNoExampleIsCaught() {
        caught(setting -> new Linear(setting) {
            @Override
            NDArray loss(NDArray scores, Collated batch, Step step) {
                if (batch.rows().stream().anyMatch(row -> row.relations().isEmpty())) throw new IllegalArgumentException("an example has no label");
                return super.loss(scores, batch, step);
            }
        }, "namesAnExampleThatLacksItsLabel");
        caught(setting -> new Linear(setting) {
            @Override
            NDArray loss(NDArray scores, Collated batch, Step step) {
                return batch.rows().stream().anyMatch(row -> row.relations().isEmpty()) ? scores.sum().mul(0f).div(0f) : super.loss(scores, batch, step);
            }
        }, "namesAnExampleThatLacksItsLabel");
    }
}
