package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Example;
import relata.api.learn.Collated;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Step;
import relata.loss.contrastive.Dot;
import relata.loss.contrastive.SquaredEuclidean;
import relata.testkit.ObjectiveContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class PrototypicalTest extends ObjectiveContract<Prototypical.Config> {
    private final Engine engine = TestEngine.engine();

    @Override
    public ComponentProvider<Objective, Prototypical.Config> provider() {
        return new Prototypical();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new SquaredEuclidean(), new Dot());
    }

    /** Two relations with two examples of support each: a1 twice, as two views; and o, which is of neither. */
    private static Collated batch(boolean outside) {
        List<Example> all = List.of(
                Rows.example("a1", "a"), Rows.example("b1", "b"), Rows.example("a2", "a"), Rows.example("a1", "a"), Rows.example("b2", "b"), Rows.example("b3", "b"), Rows.example("a3", "a"), Rows.example("b4", "b"), Rows.example("o", "other"));
        return Rows.batch(all.subList(0, outside ? 9 : 8).toArray(Example[]::new));
    }

    private static final int[][] SUPPORT = {{0, 2, 3}, {1, 4}};
    private static final int[] QUERIES = {5, 6, 7, 8};
    private static final int[] ANSWERS = {1, 0, 1, 2};

    /** Snell et al. 2017, equations 1 and 2, and with {@code none} a third class with the smallest score less 1. */
    private static double plain(double[][] h, boolean dot, boolean none) {
        double total = 0;
        int count = none ? 4 : 3;
        for (int q = 0; q < count; q++) {
            double[] scores = new double[none ? 3 : 2];
            double smallest = Double.POSITIVE_INFINITY;
            for (int n = 0; n < 2; n++) {
                for (int k = 0; k < h[0].length; k++) {
                    double c = 0;
                    for (int i : SUPPORT[n]) c += h[i][k] / SUPPORT[n].length;
                    double x = h[QUERIES[q]][k];
                    scores[n] += dot ? x * c : -(x - c) * (x - c);
                }
                smallest = Math.min(smallest, scores[n]);
            }
            if (none) scores[2] = smallest - 1;
            total -= scores[ANSWERS[q]] - Math.log(Arrays.stream(scores).map(Math::exp).sum());
        }
        return total / count;
    }

    @ParameterizedTest
    @CsvSource({"dot, false", "dot, true", "squared-euclidean, false", "squared-euclidean, true"})
    void isTheFormulaInValueAndGradient(String similarity, boolean none) throws Exception {
        double[][] h = Rows.random(none ? 9 : 8, 4);
        Objective objective = parts().create(provider(), Map.of("shots", 2, "similarity", similarity, "none", none));
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                Objective.Term term = objective.open(Rows.setting(manager, 4, "a", "b"));
                NDArray vectors = Rows.array(step, h);
                vectors.setRequiresGradient(true);
                NDArray loss = term.loss(Rows.encoding(vectors), batch(none), new Step(engine, step, true));
                tape.backward(loss);
                assertEquals(plain(h, similarity.equals("dot"), none), loss.getFloat(), 1e-4);
                double[][] expected = Rows.slopes(h, () -> plain(h, similarity.equals("dot"), none)), found = Rows.gradient(vectors);
                for (int r = 0; r < h.length; r++) assertArrayEquals(expected[r], found[r], 1e-3, "row " + r);
                return loss;
            }
        });
    }

    @Test
    void dropsElementsInTrainingOnly() throws Exception {
        Objective objective = parts().create(provider(), Map.of("shots", 2, "dropout", 0.5));
        double[][] h = Rows.random(8, 4);
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = objective.open(Rows.setting(manager, 4, "a", "b"));
                engine.seed(1);
                assertNotEquals(plain(h, false, false), term.loss(Rows.encoding(Rows.array(manager, h)), batch(false), new Step(engine, manager, true)).getFloat(), 1e-3);
                assertEquals(plain(h, false, false), term.loss(Rows.encoding(Rows.array(manager, h)), batch(false), new Step(engine, manager, false)).getFloat(), 1e-4);
                return term;
            }
        });
    }

    private String mistake(int shots, Collated batch) throws Exception {
        return engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = parts().<Objective, Prototypical.Config>create(provider(), Map.of("shots", shots)).open(Rows.setting(manager, 4, "a", "b"));
                return assertThrows(IllegalArgumentException.class, () -> term.loss(
                        Rows.encoding(Rows.array(manager, Rows.random(batch.rows().size(), 4))), batch, new Step(engine, manager, true))).getMessage();
            }
        });
    }

    @Test
    void batchesThatAreNoEpisodesAreRefused() throws Exception {
        assertTrue(mistake(2, batch(true)).startsWith("relation 'other' has no example in the batch beside its 2 of support"), mistake(2, batch(true)));
        assertTrue(mistake(4, batch(true)).contains("sampler 'episodes' with shots: 4"));
        assertTrue(mistake(1, Rows.batch(Rows.example("x", "a", "b"), Rows.example("y", "a"))).startsWith("example 'x', pair 1 has several gold relations"));
    }
}
