package relata.engine.pytorch.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.learn.Engine;
import relata.api.learn.Engine.Tape;
import relata.api.learn.Kernels;

/** Each kernel against a plain double loop, its gradient against central differences of that loop. */
class TorchKernelsTest {
    private final Engine engine = new PyTorch();
    private final Kernels kernels = engine.kernels();
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = engine.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Sum of an array times fixed weights: makes a scalar in which every element counts differently. */
    private NDArray weighted(NDArray x, float[] weights) {
        return x.mul(manager.create(weights, x.getShape())).sum();
    }

    private static double weighted(double[] x, float[] weights) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * weights[i];
        return sum;
    }

    @Test
    void logSumExp() {
        float[] x = Numbers.normal(1, 12), weights = Numbers.normal(2, 3);
        x[5] = 80;
        NDArray array = Numbers.parameter(manager, x, 3, 4);
        try (Tape tape = engine.record()) {
            NDArray y = kernels.logSumExp(array);
            y.attach(manager);
            assertEquals(new Shape(3, 1), y.getShape());
            Numbers.assertClose(logSumExp(Numbers.widen(x)), y.toFloatArray(), 1e-6, "value");
            tape.backward(weighted(y, weights));
        }
        Numbers.assertGradient(Numbers.differences(x, v -> weighted(logSumExp(v), weights)), array, "gradient");
    }

    private static double[] logSumExp(double[] x) {
        double[] y = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int i = 0; i < 4; i++) y[row] += Math.exp(x[row * 4 + i] - 80);
            y[row] = 80 + Math.log(y[row]);
        }
        return y;
    }

    @Test
    void logSumExpOfLargeNumbersIsFinite() {
        assertEquals(1000 + Math.log(2), kernels.logSumExp(manager.create(new float[] {1000, 1000})).getFloat(), 1e-3);
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 0.1f, 0.5f})
    void crossEntropy(float smoothing) {
        float[] x = Numbers.normal(3, 4 * 5);
        long[] labels = {2, -100, 0, 4};
        NDArray array = Numbers.parameter(manager, x, 4, 5);
        try (Tape tape = engine.record()) {
            NDArray loss = kernels.crossEntropy(array, manager.create(labels), smoothing);
            assertEquals(crossEntropy(Numbers.widen(x), labels, smoothing), loss.getFloat(), 1e-6);
            tape.backward(loss);
        }
        Numbers.assertGradient(Numbers.differences(x, v -> crossEntropy(v, labels, smoothing)), array, "gradient");
    }

    private static double crossEntropy(double[] x, long[] labels, double smoothing) {
        double sum = 0;
        int rows = 0;
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] == -100) continue;
            rows++;
            double z = 0;
            for (int k = 0; k < 5; k++) z += Math.exp(x[row * 5 + k]);
            for (int k = 0; k < 5; k++) {
                double target = (labels[row] == k ? 1 - smoothing : 0) + smoothing / 5;
                sum -= target * (x[row * 5 + k] - Math.log(z));
            }
        }
        return sum / rows;
    }

    @Test
    void crossEntropyOfNoLabelsIsZeroWithoutGradient() {
        NDArray array = Numbers.parameter(manager, Numbers.normal(4, 6), 2, 3);
        try (Tape tape = engine.record()) {
            NDArray loss = kernels.crossEntropy(array, manager.create(new long[] {-100, -100}), 0);
            assertEquals(0f, loss.getFloat());
            tape.backward(loss);
        }
        Numbers.assertGradient(new double[6], array, "gradient");
    }

    @Test
    void crossEntropyWantsWholeNumbers() {
        NDArray logits = manager.zeros(new Shape(2, 3));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> kernels.crossEntropy(logits, manager.create(new float[] {1, 2}), 0))
                .getMessage().contains("int64"));
    }

    // two sequences of lengths 3 and 2, 2 heads of width 4
    private static final int B = 2, N = 2, L = 3, D = 4;

    @Test
    void attention() {
        int size = B * N * L * D;
        float[] q = Numbers.normal(5, size), k = Numbers.normal(6, size), v = Numbers.normal(7, size), weights = Numbers.normal(8, size);
        float[] mask = {0, 0, 0, 0, 0, -1e9f};
        NDArray Q = Numbers.parameter(manager, q, B, N, L, D), K = Numbers.parameter(manager, k, B, N, L, D), V = Numbers.parameter(manager, v, B, N, L, D);
        NDArray M = manager.create(mask, new Shape(B, 1, 1, L));
        try (Tape tape = engine.record()) {
            NDArray y = kernels.attention(Q, K, V, M, 0);
            Numbers.assertClose(attention(Numbers.widen(q), Numbers.widen(k), Numbers.widen(v), mask), y.toFloatArray(), 1e-6, "value");
            tape.backward(weighted(y, weights));
        }
        double[] kd = Numbers.widen(k), vd = Numbers.widen(v), qd = Numbers.widen(q);
        Numbers.assertGradient(Numbers.differences(q, x -> weighted(attention(x, kd, vd, mask), weights)), Q, "gradient of q");
        Numbers.assertGradient(Numbers.differences(k, x -> weighted(attention(qd, x, vd, mask), weights)), K, "gradient of k");
        Numbers.assertGradient(Numbers.differences(v, x -> weighted(attention(qd, kd, x, mask), weights)), V, "gradient of v");
    }

    private static double[] attention(double[] q, double[] k, double[] v, float[] mask) {
        double[] y = new double[q.length];
        for (int bn = 0; bn < B * N; bn++)
            for (int i = 0; i < L; i++) {
                double[] score = new double[L];
                double z = 0;
                for (int j = 0; j < L; j++) {
                    for (int d = 0; d < D; d++) score[j] += q[(bn * L + i) * D + d] * k[(bn * L + j) * D + d];
                    score[j] = Math.exp(score[j] / Math.sqrt(D) + mask[bn / N * L + j]);
                    z += score[j];
                }
                for (int j = 0; j < L; j++) for (int d = 0; d < D; d++) y[(bn * L + i) * D + d] += score[j] / z * v[(bn * L + j) * D + d];
            }
        return y;
    }

    @Test
    void attentionDropsWeights() {
        NDArray ones = manager.ones(new Shape(1, 1, 64, 8)), none = manager.zeros(new Shape(1, 1, 1, 64));
        engine.seed(1);
        float[] y = kernels.attention(ones, ones, ones, none, 0.5f).toFloatArray();
        double sum = 0;
        boolean changed = false;
        for (float number : y) {
            sum += number;
            changed |= number != 1;
        }
        assertTrue(changed, "dropout changes something");
        assertEquals(1, sum / y.length, 0.1, "and keeps the expectation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT16", "FLOAT64", "FLOAT32", "BFLOAT16"})
    void castKeepsTheGradient(DataType type) {
        float[] x = {1.5f, -2, 0.25f}, weights = {2, 3, 5};
        NDArray array = Numbers.parameter(manager, x, 3);
        try (Tape tape = engine.record()) {
            NDArray back = kernels.cast(kernels.cast(array, type), DataType.FLOAT32);
            assertArrayEquals(x, back.toFloatArray());
            tape.backward(weighted(back, weights));
        }
        Numbers.assertGradient(Numbers.widen(weights), array, "gradient");
    }

    @Test
    void castToWholeNumbersCutsOff() {
        assertArrayEquals(new long[] {1, -2}, kernels.cast(manager.create(new float[] {1.7f, -2.7f}), DataType.INT64).toLongArray());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> kernels.cast(manager.create(1f), DataType.STRING)).getMessage().contains("float32"));
    }

    @ParameterizedTest
    @CsvSource({"true, 0.01", "false, 0.01", "true, 0", "false, 0"})
    void adamw(boolean corrected, double decay) {
        float[] start = Numbers.normal(9, 5);
        double[] p = Numbers.widen(start), m = new double[5], v = new double[5];
        NDArray P = Numbers.parameter(manager, start, 5), M = manager.zeros(new Shape(5)), V = manager.zeros(new Shape(5)), T = manager.zeros(new Shape());
        for (int step = 1; step <= 6; step++) {
            float[] g = Numbers.normal(20 + step, 5);
            g[4] = 1e-6f;
            // while recording: an optimiser need not care
            Tape tape = engine.record();
            try {
                kernels.adamw(List.of(P), List.of(manager.create(g)), List.of(M), List.of(V), List.of(T), 0.1 / step, 0.9, 0.99, 1e-6, decay, corrected);
            } finally {
                tape.close();
            }
            for (int i = 0; i < 5; i++) {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.99 * v[i] + 0.01 * g[i] * (double) g[i];
                double mean = corrected ? m[i] / (1 - Math.pow(0.9, step)) : m[i];
                double square = corrected ? v[i] / (1 - Math.pow(0.99, step)) : v[i];
                p[i] -= 0.1 / step * (mean / (Math.sqrt(square) + 1e-6) + decay * p[i]);
            }
            Numbers.assertClose(p, P.toFloatArray(), 1e-5, "step " + step);
            assertEquals(step, T.getFloat());
        }
        Numbers.assertClose(m, M.toFloatArray(), 1e-5, "first moments");
        Numbers.assertClose(v, V.toFloatArray(), 1e-5, "second moments");
    }

    @Test
    void adamwWantsListsOfOneLength() {
        NDArray x = manager.zeros(new Shape(2));
        String message = assertThrows(IllegalArgumentException.class,
                () -> kernels.adamw(List.of(x), List.of(), List.of(x), List.of(x), List.of(x), 1, 0.9, 0.99, 1e-6, 0, true)).getMessage();
        assertTrue(message.contains("0 gradients"), message);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.9, 0", "0, 0.1", "0.9, 0.1"})
    void sgd(double momentum, double decay) {
        float[] start = Numbers.normal(9, 5);
        double[] p = Numbers.widen(start), b = new double[5];
        NDArray P = Numbers.parameter(manager, start, 5), B = manager.zeros(new Shape(5));
        for (int step = 1; step <= 6; step++) {
            float[] g = Numbers.normal(20 + step, 5);
            // while recording: an optimiser need not care
            Tape tape = engine.record();
            try {
                kernels.sgd(List.of(P), List.of(manager.create(g).duplicate()), momentum > 0 ? List.of(B) : List.of(), 0.1 / step, momentum, decay);
            } finally {
                tape.close();
            }
            for (int i = 0; i < 5; i++) {
                b[i] = momentum * b[i] + g[i] + decay * p[i];
                p[i] -= 0.1 / step * b[i];
            }
            Numbers.assertClose(p, P.toFloatArray(), 1e-5, "step " + step);
        }
        if (momentum > 0) Numbers.assertClose(b, B.toFloatArray(), 1e-5, "directions");
    }

    @Test
    void sgdWantsListsOfOneLength() {
        NDArray x = manager.zeros(new Shape(2));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> kernels.sgd(List.of(x), List.of(), List.of(), 1, 0, 0)).getMessage().contains("0 gradients"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> kernels.sgd(List.of(x), List.of(x), List.of(), 1, 0.9, 0)).getMessage().contains("0 directions"));
    }

    @Test
    void clipsTheJointNorm() {
        NDArray a = manager.create(new float[] {-3, 0}), b = manager.create(new float[] {4});
        assertEquals(5, kernels.clip(List.of(a, b), 0), 1e-6);
        assertEquals(5, kernels.clip(List.of(a, b), 5.5), 1e-6);
        assertArrayEquals(new float[] {-3, 0}, a.toFloatArray());
        assertEquals(5, kernels.clip(List.of(a, b), 1), 1e-6);
        assertArrayEquals(new float[] {-0.6f, 0}, a.toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {0.8f}, b.toFloatArray(), 1e-6f);
        assertEquals(0, kernels.clip(List.of(), 1));
    }

    @Test
    void zeroRemovesNaN() {
        NDArray a = manager.create(new float[] {Float.NaN, 2}), b = manager.create(3f);
        kernels.zero(List.of(a, b));
        kernels.zero(List.of());
        assertArrayEquals(new float[] {0, 0}, a.toFloatArray());
        assertEquals(0f, b.getFloat());
    }

    @Test
    void resultsBelongToTheManagerOfTheFirstArgument() {
        try (NDManager step = manager.newSubManager()) {
            NDArray x = step.create(new float[] {1, 2});
            assertSame(step, kernels.logSumExp(x).getManager());
            assertSame(step, kernels.cast(x, DataType.FLOAT64).getManager());
        }
    }
}
