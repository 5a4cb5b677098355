package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.learn.Collated;
import relata.api.learn.Contrast;
import relata.api.learn.Engine;
import relata.api.learn.Loss;
import relata.api.learn.Miner;
import relata.api.learn.Objective;
import relata.api.learn.Step;
import relata.api.view.Bond;
import relata.api.view.Pairing;
import relata.loss.contrastive.Cosine;
import relata.loss.contrastive.NoMiner;
import relata.loss.contrastive.NtXent;
import relata.testkit.ObjectiveContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class ContrastiveTest extends ObjectiveContract<Contrastive.Config> {
    private static final double TEMPERATURE = 0.5;
    private final Engine engine = TestEngine.engine();

    record None() {}

    /** Views of one example attract each other, all else repels. */
    @ComponentName("same-example")
    static final class SameExample implements ComponentProvider<Pairing, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Pairing create(None config, Parts parts) {
            return (a, c) -> a.view().source().id().equals(c.view().source().id()) ? Bond.POSITIVE : Bond.NEGATIVE;
        }
    }

    @Override
    public ComponentProvider<Objective, Contrastive.Config> provider() {
        return new Contrastive();
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("pairing", "same-example", "loss", Map.of("use", "nt-xent", "with", Map.of("temperature", TEMPERATURE)));
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new SameExample(), new MlpHead(), new IdentityHead(), new Cosine(), new NoMiner(), new NtXent());
    }

    /** Su et al. 2021, section 3.1.4, over projected vectors: the positive of row i is the other view of its sentence. */
    private static double paper(double[][] z, int... partner) {
        double total = 0;
        for (int i = 0; i < z.length; i++) {
            double denominator = 0;
            for (int k = 0; k < z.length; k++) if (k != i) denominator += Math.exp(cosine(z[i], z[k]) / TEMPERATURE);
            total -= Math.log(Math.exp(cosine(z[i], z[partner[i]]) / TEMPERATURE) / denominator);
        }
        return total / z.length;
    }

    private static double cosine(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int k = 0; k < a.length; k++) {
            ab += a[k] * b[k];
            aa += a[k] * a[k];
            bb += b[k] * b[k];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static Collated views() {
        return Rows.batch(Rows.example("x"), Rows.example("y"), Rows.example("y"), Rows.example("z"), Rows.example("x"), Rows.example("z"));
    }

    private static final int[] PARTNER = {4, 2, 1, 5, 0, 3};

    @Test
    void isTheLossOfTwoViewsWithAGradientInHeadAndEncoder() throws Exception {
        Objective objective = part();
        double[][] h = Rows.random(6, 4);
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                Objective.Term term = objective.open(Rows.setting(manager, 4));
                NDArray vectors = Rows.array(step, h);
                vectors.setRequiresGradient(true);
                NDArray loss = term.loss(Rows.encoding(vectors), views(), new Step(engine, step, true));
                tape.backward(loss);
                assertEquals(List.of("projection.0.weight", "projection.0.bias", "projection.2.weight", "projection.2.bias"), List.copyOf(term.parameters().all().keySet()));
                double[][] w1 = Rows.plain(term.parameters().get("projection.0.weight"));
                double[][] b1 = Rows.plain(term.parameters().get("projection.0.bias"));
                double[][] w2 = Rows.plain(term.parameters().get("projection.2.weight"));
                double[][] b2 = Rows.plain(term.parameters().get("projection.2.bias"));
                assertEquals(paper(project(h, w1, b1, w2, b2), PARTNER), loss.getFloat(), 1e-5);
                Map.of("projection.0.weight", w1, "projection.0.bias", b1, "projection.2.weight", w2, "projection.2.bias", b2).forEach((name, numbers) ->
                        close(Rows.slopes(numbers, () -> paper(project(h, w1, b1, w2, b2), PARTNER)), Rows.gradient(term.parameters().get(name)), name));
                close(Rows.slopes(h, () -> paper(project(h, w1, b1, w2, b2), PARTNER)), Rows.gradient(vectors), "relation vectors");
                return loss;
            }
        });
    }

    private static double[][] project(double[][] h, double[][] w1, double[][] b1, double[][] w2, double[][] b2) {
        return Rows.dense(Rows.relu(Rows.dense(h, w1, b1[0])), w2, b2[0]);
    }

    private static void close(double[][] expected, double[][] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i], 1e-4, what + ", row " + i);
    }

    @Test
    void withoutAHeadItContrastsTheVectors() throws Exception {
        Objective objective = parts().create(provider(), Map.of("pairing", "same-example", "project", "identity", "loss", settings().get("loss")));
        double[][] h = Rows.random(6, 4);
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = objective.open(Rows.setting(manager, 4));
                assertEquals(Map.of(), term.parameters().all());
                assertEquals(paper(h, PARTNER), term.loss(Rows.encoding(Rows.array(manager, h)), views(), new Step(engine, manager, true)).getFloat(), 1e-5);
                return term;
            }
        });
        assertFalse(objective.classifies());
    }

    /** A loss that remembers what it was shown. */
    @ComponentName("watch")
    static final class Watch implements ComponentProvider<Loss, None> {
        final List<float[]> seen = new ArrayList<>();

        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Loss create(None config, Parts parts) {
            return c -> {
                for (NDArray array : List.of(c.positive(), c.negative(), c.anchors())) {
                    assertEquals(DataType.FLOAT32, array.getDataType());
                    seen.add(array.toFloatArray());
                }
                assertEquals(new Shape(3, 3), c.positive().getShape());
                return c.similarity().sum();
            };
        }
    }

    @ComponentName("double")
    static final class Doubling implements ComponentProvider<Miner, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Miner create(None config, Parts parts) {
            return c -> new Contrast(c.similarity(), c.positive().mul(2f), c.negative(), c.anchors());
        }
    }

    /** What comes before in the batch attracts, what comes after repels or is ignored; so direction matters. */
    @ComponentName("backwards")
    static final class Backwards implements ComponentProvider<Pairing, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Pairing create(None config, Parts parts) {
            return (a, c) -> {
                int order = a.view().source().id().compareTo(c.view().source().id());
                assertNotEquals(0, order, "a pairing must not be asked about an instance and itself");
                if (order > 0) return Bond.POSITIVE;
                return c.view().source().id().equals("z") ? Bond.IGNORED : Bond.NEGATIVE;
            };
        }
    }

    @Test
    void asksThePairingOfAnchorAndCandidateAndThenTheMiner() throws Exception {
        Watch watch = new Watch();
        TestParts parts = TestParts.of(new Backwards(), new IdentityHead(), new Cosine(), new Doubling(), watch);
        Objective objective = parts.create(provider(), Map.of("pairing", "backwards", "project", "identity", "miner", "double", "loss", new Ref<>(Loss.class, "watch", new None())));
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                return objective.open(Rows.setting(manager, 4)).loss(Rows.encoding(Rows.array(manager, Rows.random(3, 4))),
                        Rows.batch(Rows.example("x"), Rows.example("y"), Rows.example("z")), new Step(engine, manager, true)).getFloat();
            }
        });
        assertArrayEquals(new float[] {0, 0, 0, 2, 0, 0, 2, 2, 0}, watch.seen.get(0));
        assertArrayEquals(new float[] {0, 1, 0, 0, 0, 0, 0, 0, 0}, watch.seen.get(1));
        assertArrayEquals(new float[] {1, 1, 1}, watch.seen.get(2));
    }

    @Test
    void stepsLeaveNothingBehind() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = part().open(Rows.setting(manager, 4));
                int before = manager.getManagedArrays().size();
                for (int i = 0; i < 3; i++) {
                    try (NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                        tape.backward(term.loss(Rows.encoding(Rows.array(step, Rows.random(6, 4))), views(), new Step(engine, step, true)));
                    }
                    assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step");
                }
                return term;
            }
        });
    }
}
