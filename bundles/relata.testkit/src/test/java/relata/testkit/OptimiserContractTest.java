package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;

/** Momentum with weight decay, right, and wrong in ways that the contract catches. */
class OptimiserContractTest {
    record None() {}

    /** p ← p - rate · b, b ← 0.9 b + g + 0.01 p; its steps are methods, so that a mutant can change one. */
    static class Ball implements Optimiser.Updates {
        final Engine engine;
        final NDManager manager;
        final Parameters parameters;
        final Map<String, NDArray> state = new LinkedHashMap<>();

        Ball(Engine engine, NDManager manager, Parameters parameters) {
            this.engine = engine;
            this.manager = manager;
            this.parameters = parameters;
            state.put("updates", manager.zeros(new Shape(), DataType.FLOAT32));
            trained().forEach((name, p) -> state.put("b." + name, manager.zeros(p.getShape(), DataType.FLOAT32)));
        }

        Map<String, NDArray> trained() {
            return parameters.trainable();
        }

        @Override
        public Optimiser.Report apply() {
            List<NDArray> gradients = new ArrayList<>();
            for (NDArray p : trained().values()) gradients.add(p.getGradient());
            double norm = norm(gradients);
            state.get("updates").addi(1f);
            int i = 0;
            for (Map.Entry<String, NDArray> e : trained().entrySet()) step(e.getValue(), gradients.get(i++), state.get("b." + e.getKey()), 0.1f / state.get("updates").getFloat());
            clear(gradients);
            gradients.forEach(this::letGo);
            return new Optimiser.Report(0.1, norm);
        }

        double norm(List<NDArray> gradients) {
            double norm = engine.kernels().clip(gradients, 0);
            if (!Double.isFinite(norm)) throw new ArithmeticException("gradient " + norm);
            engine.kernels().clip(gradients, 1);
            return norm;
        }

        boolean begun(NDArray g, NDArray b) {
            return engine.kernels().clip(List.of(b), 0) + engine.kernels().clip(List.of(g), 0) > 0;
        }

        void step(NDArray p, NDArray g, NDArray b, float rate) {
            if (!begun(g, b)) return;
            try (NDManager temporary = manager.newSubManager()) {
                NDArray zero = temporary.zeros(p.getShape());
                b.muli(0.9f).addi(g).addi(zero.add(p).mul(0.01f));
                p.subi(zero.add(b).mul(rate));
            }
        }

        void clear(List<NDArray> gradients) {
            engine.kernels().zero(gradients);
        }

        void letGo(NDArray gradient) {
            gradient.close();
        }

        @Override
        public Map<String, NDArray> state() {
            return state;
        }

        @Override
        public void restore(Map<String, NDArray> saved) {
            state.forEach((name, own) -> {
                if (saved.get(name) == null || !saved.get(name).getShape().equals(own.getShape())) throw new IllegalArgumentException("there is no fitting " + name);
            });
            state.forEach((name, own) -> own.subi(own).addi(saved.get(name)));
        }
    }

    /** Opens the optimiser that is tried. */
    interface Change {
        Ball of(Engine engine, NDManager manager, Parameters parameters);
    }

    @ComponentName("ball")
    @Doc("Momentum, right or wrong")
    @Source("")
    record Balls(Change change) implements ComponentProvider<Optimiser, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Optimiser create(None config, Parts parts) {
            return new Optimiser() {
                @Override
                public Updates open(Engine engine, NDManager manager, Parameters parameters, long steps) {
                    return change.of(engine, manager, parameters);
                }
            };
        }
    }

    private static OptimiserContract<None> contract(Change change) {
        return new OptimiserContract<>() {
            @Override
            public ComponentProvider<Optimiser, None> provider() {
                return new Balls(change);
            }
        };
    }

    private static void caught(Change change, String... tests) {
        Mutants.assertCaught(contract(change), tests);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(OptimiserContract.class);
    }

    @Test
    void aRightOptimiserPasses() {
        Mutants.assertPasses(contract(Ball::new));
    }

    @Test
    void climbs() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            void step(NDArray parameter, NDArray g, NDArray b, float rate) {
                super.step(parameter, g, b, -rate);
            }
        }, "comesNearer");
    }

    @Test
    void leavesGradientsAsTheyAre() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            void clear(List<NDArray> gradients) {}
        }, "setsGradientsToZeroAndKeepsNoHandles", "reportsRateAndNorm");
    }

    @Test
    void keepsHandles() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            void letGo(NDArray gradient) {}
        }, "setsGradientsToZeroAndKeepsNoHandles");
    }

    @Test
    void trainsWhatIsFrozen() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            public Optimiser.Report apply() {
                parameters.all().forEach((name, array) -> {
                    if (!trained().containsKey(name)) array.subi(0.01f);
                });
                return super.apply();
            }
        }, "leavesFrozenParametersAlone");
    }

    @Test
    void decaysWhatTookNoPart() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            boolean begun(NDArray g, NDArray b) {
                return true;
            }
        }, "leavesAloneWhatTookNoPartYet");
    }

    @Test
    void measuresAfterClipping() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            double norm(List<NDArray> gradients) {
                super.norm(gradients);
                return engine.kernels().clip(gradients, 0);
            }
        }, "reportsRateAndNorm");
    }

    @Test
    void walksOnOverNumbersThatAreNone() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            double norm(List<NDArray> gradients) {
                return engine.kernels().clip(gradients, 0);
            }
        }, "stopsBeforeItSpoilsTheParameters");
    }

    @Test
    void drawsByChance() {
        int[] calls = {0};
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            void step(NDArray parameter, NDArray g, NDArray b, float rate) {
                super.step(parameter, g, b, rate * (1 + 0.01f * (calls[0]++ % 7)));
            }
        }, "doesTheSameTwice");
    }

    @Test
    void forgetsToCount() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            public void restore(Map<String, NDArray> saved) {
                super.restore(saved);
                NDArray updates = state.get("updates");
                updates.subi(updates);
            }
        }, "goesOnToTheLastBitAfterARestore");
    }

    @Test
    void keepsPartOfItsStateToItself() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            public Map<String, NDArray> state() {
                Map<String, NDArray> some = new LinkedHashMap<>(state);
                some.remove("b.body.weight");
                return some;
            }

            @Override
            public void restore(Map<String, NDArray> saved) {
                Map<String, NDArray> all = new LinkedHashMap<>(saved);
                all.put("b.body.weight", state.get("b.body.weight").duplicate());
                super.restore(all);
            }
        }, "goesOnToTheLastBitAfterARestore");
    }

    @Test
    void takesTheSavedArraysThemselves() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            public void restore(Map<String, NDArray> saved) {
                super.restore(saved);
                state.putAll(saved);
            }
        }, "goesOnToTheLastBitAfterARestore");
    }

    @Test
    void savesDoubles() {
        caught((e, m, p) -> new Ball(e, m, p) {
            {
                state.put("more", manager.zeros(new Shape(), DataType.FLOAT64));
            }
        }, "goesOnToTheLastBitAfterARestore");
    }

    @Test
    void takesAnyState() {
        caught((e, m, p) -> new Ball(e, m, p) {
            @Override
            public void restore(Map<String, NDArray> saved) {
                state.forEach((name, own) -> {
                    if (saved.containsKey(name)) own.subi(own).addi(saved.get(name).reshape(own.getShape()));
                });
            }
        }, "refusesAStateThatDoesNotFit");
    }
}
