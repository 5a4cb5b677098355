package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.component.ComponentProvider;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;
import relata.testkit.OptimiserContract;
import relata.testkit.Settings;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class AdamWTest extends OptimiserContract<AdamW.Config> {
    private static final int N = 6;
    private static final long STEPS = 12;
    private static final List<String> NAMES = List.of("encoder.query.weight", "encoder.query.bias", "encoder.LayerNorm.weight", "head.weight");

    private final Engine engine = TestEngine.engine();
    private final NDManager manager = engine.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Override
    public ComponentProvider<Optimiser, AdamW.Config> provider() {
        return new AdamW();
    }

    static AdamW.Config config(Map<String, ?> settings) {
        return Settings.of(AdamW.Config.class, settings);
    }

    private static float[] normal(long seed) {
        Random random = new Random(seed);
        float[] x = new float[N];
        for (int i = 0; i < N; i++) x[i] = (float) random.nextGaussian();
        return x;
    }

    private Parameters parameters() {
        Parameters parameters = new Parameters();
        for (String name : NAMES) parameters.add(name, manager.create(normal(name.hashCode()), new Shape(N)).duplicate());
        return parameters;
    }

    private Optimiser.Updates open(Parameters parameters, Map<String, ?> settings) {
        return TestParts.of().create(provider(), settings).open(engine, manager, parameters, STEPS);
    }

    /** Gradients of one step, different for each parameter. */
    private static float[] gradient(String name, long step) {
        return normal(31 * name.hashCode() + step);
    }

    /** Gives parameters these gradients, by way of a loss. */
    private void backward(Parameters parameters, List<String> names, long step) {
        try (NDManager temporary = manager.newSubManager(); Engine.Tape tape = engine.record()) {
            NDArray loss = temporary.create(0f);
            for (String name : names) loss = loss.add(temporary.create(gradient(name, step)).mul(parameters.get(name)).sum());
            tape.backward(loss);
        }
    }

    /** The same in plain doubles. */
    private static final class Plain {
        final AdamW.Config config;
        final Map<String, double[]> p = new HashMap<>(), m = new HashMap<>(), v = new HashMap<>();
        double norm, rate;

        Plain(AdamW.Config config) {
            this.config = config;
            for (String name : NAMES) {
                double[] start = new double[N];
                for (int i = 0; i < N; i++) start[i] = normal(name.hashCode())[i];
                p.put(name, start);
                m.put(name, new double[N]);
                v.put(name, new double[N]);
            }
        }

        void step(int t) {
            norm = 0;
            for (String name : NAMES) for (float g : gradient(name, t)) norm += g * (double) g;
            norm = Math.sqrt(norm);
            double scale = config.clip() > 0 && norm > config.clip() ? config.clip() / norm : 1;
            // two updates of warm-up, then a line down to 0
            rate = config.rate() * (t <= 2 ? t / 3.0 : (STEPS - t + 1.0) / (STEPS - 2));
            for (String name : NAMES) {
                double decay = name.endsWith("bias") || name.contains("LayerNorm") ? 0 : config.decay();
                for (int i = 0; i < N; i++) {
                    double g = gradient(name, t)[i] * scale;
                    double first = m.get(name)[i] = config.beta1() * m.get(name)[i] + (1 - config.beta1()) * g;
                    double second = v.get(name)[i] = config.beta2() * v.get(name)[i] + (1 - config.beta2()) * g * g;
                    if (config.biasCorrection()) {
                        first /= 1 - Math.pow(config.beta1(), t);
                        second /= 1 - Math.pow(config.beta2(), t);
                    }
                    p.get(name)[i] -= rate * (first / (Math.sqrt(second) + config.epsilon()) + decay * p.get(name)[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0, true", "0, true", "1.0, false", "100, false"})
    void followsThePlainLoop(double clip, boolean biasCorrection) {
        Map<String, Object> settings = Map.of("rate", 0.05, "decay", 0.3, "warmupSteps", 2, "clip", clip, "biasCorrection", biasCorrection);
        Plain plain = new Plain(config(settings));
        Parameters parameters = parameters();
        Optimiser.Updates updates = open(parameters, settings);
        for (int t = 1; t <= STEPS; t++) {
            backward(parameters, NAMES, t);
            Optimiser.Report report = updates.apply();
            plain.step(t);
            assertEquals(plain.norm, report.norm(), 1e-5);
            assertEquals(plain.rate, report.rate(), 1e-12);
            for (String name : NAMES) {
                float[] actual = parameters.get(name).toFloatArray();
                for (int i = 0; i < N; i++) assertEquals(plain.p.get(name)[i], actual[i], 2e-5, name + " after update " + t);
            }
        }
    }

    @Test
    void biasesAndNormalisationsDoNotDecay() {
        for (String name : List.of("bias", "a.bias", "bert.embeddings.LayerNorm.weight", "a.layer_norm.weight", "a.layerNorm.gamma"))
            assertFalse(OptimiserState.decays(name), name);
        for (String name : List.of("a.weight", "unbiased", "bias.weight", "embeddings.word_embeddings.weight"))
            assertTrue(OptimiserState.decays(name), name);
    }

    @Test
    void leavesAloneWhatTakesNoPartInTheLoss() {
        Parameters parameters = parameters();
        parameters.freeze(name -> name.equals("encoder.query.bias"));
        Optimiser.Updates updates = open(parameters, Map.of("rate", 0.1, "warmup", 0));
        backward(parameters, NAMES.subList(0, 1), 1);
        updates.apply();
        for (String name : NAMES.subList(1, 4)) assertArrayEquals(normal(name.hashCode()), parameters.get(name).toFloatArray(), name);
        assertFalse(Arrays.equals(normal(NAMES.get(0).hashCode()), parameters.get(NAMES.get(0)).toFloatArray()));
        assertFalse(updates.state().containsKey("m.encoder.query.bias"));
        // begun once, it goes on by its moments
        float[] before = parameters.get(NAMES.get(0)).toFloatArray();
        updates.apply();
        assertFalse(Arrays.equals(before, parameters.get(NAMES.get(0)).toFloatArray()));
    }
}
