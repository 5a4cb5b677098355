package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.component.ComponentProvider;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;
import relata.testkit.OptimiserContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class SgdTest extends OptimiserContract<Sgd.Config> {
    private static final int N = 6;
    private static final long STEPS = 12;
    private static final List<String> NAMES = List.of("words.weight", "words.bias");

    private final Engine engine = TestEngine.engine();
    private final NDManager manager = engine.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Override
    public ComponentProvider<Optimiser, Sgd.Config> provider() {
        return new Sgd();
    }

    @Nested
    class WithMomentum extends OptimiserContract<Sgd.Config> {
        @Override
        public ComponentProvider<Optimiser, Sgd.Config> provider() {
            return new Sgd();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("rate", 0.05, "momentum", 0.9, "decay", 0.01, "clip", 1, "warmup", 0.2, "schedule", "cosine");
        }
    }

    private static float[] normal(long seed) {
        Random random = new Random(seed);
        float[] x = new float[N];
        for (int i = 0; i < N; i++) x[i] = (float) random.nextGaussian();
        return x;
    }

    private static float[] gradient(String name, long step) {
        return normal(31 * name.hashCode() + step);
    }

    private Parameters parameters() {
        Parameters parameters = new Parameters();
        for (String name : NAMES) parameters.add(name, manager.create(normal(name.hashCode())).duplicate());
        return parameters;
    }

    private Optimiser.Updates open(Parameters parameters, Map<String, ?> settings) {
        return TestParts.of().create(provider(), settings).open(engine, manager, parameters, STEPS);
    }

    private void backward(Parameters parameters, List<String> names, long step) {
        try (NDManager temporary = manager.newSubManager(); Engine.Tape tape = engine.record()) {
            NDArray loss = temporary.create(0f);
            for (String name : names) loss = loss.add(temporary.create(gradient(name, step)).mul(parameters.get(name)).sum());
            tape.backward(loss);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0.9, 0, 0", "0, 0.3, 0", "0.9, 0.3, 0", "0.9, 0.3, 1.5", "0, 0, 1.5"})
    void followsThePlainLoop(double momentum, double decay, double clip) {
        Parameters parameters = parameters();
        Optimiser.Updates updates = open(parameters, Map.of("rate", 0.05, "momentum", momentum, "decay", decay, "clip", clip, "warmupSteps", 2, "schedule", "linear"));
        double[][] p = new double[2][N], b = new double[2][N];
        for (int k = 0; k < 2; k++) for (int i = 0; i < N; i++) p[k][i] = normal(NAMES.get(k).hashCode())[i];
        for (int t = 1; t <= STEPS; t++) {
            backward(parameters, NAMES, t);
            Optimiser.Report report = updates.apply();
            double norm = 0;
            for (String name : NAMES) for (float g : gradient(name, t)) norm += g * (double) g;
            norm = Math.sqrt(norm);
            double scale = clip > 0 && norm > clip ? clip / norm : 1;
            // two updates of warm-up, then a line down to 0
            double rate = 0.05 * (t <= 2 ? t / 3.0 : (STEPS - t + 1.0) / (STEPS - 2));
            assertEquals(norm, report.norm(), 1e-5);
            assertEquals(rate, report.rate(), 1e-12);
            for (int k = 0; k < 2; k++) {
                float[] actual = parameters.get(NAMES.get(k)).toFloatArray();
                for (int i = 0; i < N; i++) {
                    // the bias does not decay
                    b[k][i] = momentum * b[k][i] + scale * gradient(NAMES.get(k), t)[i] + (k == 0 ? decay * p[k][i] : 0);
                    p[k][i] -= rate * b[k][i];
                    assertEquals(p[k][i], actual[i], 1e-5, NAMES.get(k) + " after update " + t);
                }
            }
        }
    }

    @Test
    void remembersNoMoreThanItNeeds() {
        assertEquals(Set.of("updates", "begun.words.weight", "begun.words.bias"), open(parameters(), Map.of()).state().keySet());
        assertEquals(Set.of("updates", "begun.words.weight", "begun.words.bias", "b.words.weight", "b.words.bias"), open(parameters(), Map.of("momentum", 0.5)).state().keySet());
    }

    @Test
    void onceBegunAParameterRollsOn() {
        Parameters parameters = parameters();
        Optimiser.Updates updates = open(parameters, Map.of("momentum", 0.5));
        backward(parameters, NAMES.subList(0, 1), 1);
        updates.apply();
        float[] rolling = parameters.get(NAMES.get(0)).toFloatArray(), resting = parameters.get(NAMES.get(1)).toFloatArray();
        updates.apply();
        assertFalse(Arrays.equals(rolling, parameters.get(NAMES.get(0)).toFloatArray()));
        assertTrue(Arrays.equals(resting, parameters.get(NAMES.get(1)).toFloatArray()));
    }
}
