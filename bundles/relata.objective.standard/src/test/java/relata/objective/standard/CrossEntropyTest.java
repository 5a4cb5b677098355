package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.component.ComponentProvider;
import relata.api.learn.Collated;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Step;
import relata.testkit.ObjectiveContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class CrossEntropyTest extends ObjectiveContract<CrossEntropy.Config> {
    private static final String[] LABELS = {"made-of", "none", "works-for"};
    private static final int[] GOLD = {2, 0, 2, 1};
    private final Engine engine = TestEngine.engine();

    @Override
    public ComponentProvider<Objective, CrossEntropy.Config> provider() {
        return new CrossEntropy();
    }

    private static Objective objective(Map<String, ?> with) {
        return TestParts.of().create(new CrossEntropy(), with);
    }

    /** The second pair has two labels, of which the first counts. */
    private static Collated batch() {
        return Rows.batch(Rows.example("a", "works-for"), Rows.example("b", "made-of", "none"), Rows.example("c", "works-for"), Rows.example("d", "none"));
    }

    /** Mean over rows of -Σ q log softmax, with q = (1 - smoothing) at the gold label + smoothing / K everywhere. */
    private static double plain(double[][] logits, double smoothing) {
        double total = 0;
        for (int i = 0; i < logits.length; i++) {
            double sum = 0;
            for (double x : logits[i]) sum += Math.exp(x);
            for (int k = 0; k < logits[i].length; k++) {
                double q = smoothing / logits[i].length + (k == GOLD[i] ? 1 - smoothing : 0);
                total -= q * (logits[i][k] - Math.log(sum));
            }
        }
        return total / logits.length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void isTheFormulaInValueAndGradient(double smoothing) throws Exception {
        double[][] h = Rows.random(4, 5);
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                Objective.Term term = objective(Map.of("dropout", 0, "smoothing", smoothing)).open(Rows.setting(manager, 5, LABELS));
                NDArray vectors = Rows.array(step, h);
                vectors.setRequiresGradient(true);
                NDArray loss = term.loss(Rows.encoding(vectors), batch(), new Step(engine, step, true));
                tape.backward(loss);
                NDArray weight = term.parameters().get("classifier.weight");
                NDArray bias = term.parameters().get("classifier.bias");
                double[][] w = Rows.plain(weight);
                double[][] b = Rows.plain(bias);
                assertEquals(new Shape(), loss.getShape());
                assertEquals(plain(Rows.dense(h, w, b[0]), smoothing), loss.getFloat(), 1e-5);
                close(Rows.slopes(w, () -> plain(Rows.dense(h, w, b[0]), smoothing)), Rows.gradient(weight));
                close(Rows.slopes(b, () -> plain(Rows.dense(h, w, b[0]), smoothing)), Rows.gradient(bias));
                close(Rows.slopes(h, () -> plain(Rows.dense(h, w, b[0]), smoothing)), Rows.gradient(vectors));
                return loss;
            }
        });
    }

    private static void close(double[][] expected, double[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i], 1e-4, "row " + i);
    }

    @Test
    void startsFromSmallWeightsAndNoBias() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = part().open(Rows.setting(manager, 400, LABELS));
                assertEquals(List.of("classifier.weight", "classifier.bias"), List.copyOf(term.parameters().all().keySet()));
                NDArray weight = term.parameters().get("classifier.weight");
                assertEquals(new Shape(3, 400), weight.getShape());
                double[] numbers = Arrays.stream(Rows.plain(weight)).flatMapToDouble(Arrays::stream).toArray();
                assertTrue(Arrays.stream(numbers).allMatch(x -> Math.abs(x) <= 0.04f));
                // a normal distribution cut off at two deviations has 0.8796 of its deviation
                assertEquals(0.02 * 0.8796, Math.sqrt(Arrays.stream(numbers).map(x -> x * x).average().orElseThrow()), 0.001);
                assertArrayEquals(new float[3], term.parameters().get("classifier.bias").toFloatArray());
                return term;
            }
        });
        assertTrue(part().classifies());
    }

    private float[] logits(Objective.Term term, NDManager manager, boolean training) {
        return term.logits(Rows.encoding(Rows.array(manager, Rows.random(4, 50))), new Step(engine, manager, training)).orElseThrow().toFloatArray();
    }

    @Test
    void dropsInTrainingOnly() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = objective(Map.of("dropout", 0.5)).open(Rows.setting(manager, 50, LABELS));
                float[] inference = logits(term, manager, false);
                assertEquals(12, inference.length);
                assertArrayEquals(inference, logits(term, manager, false));
                engine.seed(3);
                float[] training = logits(term, manager, true);
                assertFalse(Arrays.equals(inference, training));
                assertFalse(Arrays.equals(training, logits(term, manager, true)), "another call drops others");
                engine.seed(3);
                assertArrayEquals(training, logits(term, manager, true), "the engine's seed decides what is dropped");
                return term;
            }
        });
    }

    private String mistake(Collated batch, String... labels) throws Exception {
        return engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                return assertThrows(IllegalArgumentException.class, () -> part().open(Rows.setting(manager, 5, labels)).loss(
                        Rows.encoding(Rows.array(manager, Rows.random(batch.rows().size(), 5))), batch, new Step(engine, manager, true))).getMessage();
            }
        });
    }

    @Test
    void labelsThatCannotBeLearntAreNamed() throws Exception {
        assertEquals("example 'b', pair 1 has the relation 'owns', which is not among the corpus's labels: made-of, none, works-for",
                mistake(Rows.batch(Rows.example("a", "none"), Rows.example("b", "owns")), LABELS));
        assertEquals("example 'b', pair 1 has no gold relation, but cross-entropy needs one for every pair; leave such examples out of the split",
                mistake(Rows.batch(Rows.example("a", "none"), Rows.example("b")), LABELS));
        assertTrue(mistake(Rows.batch(Rows.example("a", "none"))).contains("needs a corpus with labels"));
    }

    @Test
    void stepsLeaveNothingBehind() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = part().open(Rows.setting(manager, 5, LABELS));
                int before = manager.getManagedArrays().size();
                for (int i = 0; i < 3; i++) {
                    try (NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                        tape.backward(term.loss(Rows.encoding(Rows.array(step, Rows.random(4, 5))), batch(), new Step(engine, step, true)));
                    }
                    assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step");
                }
                return term;
            }
        });
    }
}
