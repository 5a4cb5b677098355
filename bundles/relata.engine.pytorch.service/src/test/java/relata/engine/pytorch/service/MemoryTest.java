package relata.engine.pytorch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.learn.Engine;
import relata.api.learn.Kernels;

/** Training steps leave nothing behind: neither arrays that a manager keeps, nor memory that nobody knows of. */
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int WARM = 200, STEPS = 1200, ROWS = 256, WIDTH = 32, LABELS = 5;

    private final Engine engine = new PyTorch();

    /** A layer of attention, a layer of logits and an optimiser: all that holds native memory. */
    private final class Network {
        final NDManager manager;
        final List<NDArray> parameters = new ArrayList<>(), first = new ArrayList<>(), second = new ArrayList<>(), steps = new ArrayList<>();
        final NDArray input, labels;

        Network(NDManager manager) {
            this.manager = manager;
            // made once, as the batch of a step is made outside the graph
            input = manager.create(Numbers.normal(1, ROWS * WIDTH), new Shape(4, ROWS / 4, WIDTH));
            long[] numbers = new long[ROWS];
            for (int i = 0; i < ROWS; i++) numbers[i] = i % LABELS;
            labels = manager.create(numbers);
            for (int rows : new int[] {3 * WIDTH, LABELS}) {
                float[] start = Numbers.normal(rows, rows * WIDTH);
                for (int i = 0; i < start.length; i++) start[i] *= 0.1f;
                parameters.add(Numbers.parameter(manager, start, rows, WIDTH));
                first.add(manager.zeros(new Shape(rows, WIDTH)));
                second.add(manager.zeros(new Shape(rows, WIDTH)));
                steps.add(manager.zeros(new Shape()));
            }
        }

        float train(int number) {
            Kernels kernels = engine.kernels();
            float value;
            try (NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                NDArray x = step.zeros(input.getShape()).add(input);
                NDArray qkv = Linear.linear(x, parameters.get(0)).singletonOrThrow().reshape(4, ROWS / 4, 3, 4, WIDTH / 4).transpose(2, 0, 3, 1, 4);
                NDArray mask = step.zeros(new Shape(1, 1, 1, ROWS / 4));
                NDArray mixed = kernels.attention(qkv.get(0), qkv.get(1), qkv.get(2), mask, 0.1f).transpose(0, 2, 1, 3).reshape(ROWS, WIDTH);
                NDArray logits = Linear.linear(kernels.cast(mixed, DataType.FLOAT32).add(x.reshape(ROWS, WIDTH)), parameters.get(1)).singletonOrThrow();
                NDArray loss = kernels.crossEntropy(logits, labels, 0.1f).add(kernels.logSumExp(logits).mean().mul(1e-3f));
                tape.backward(loss);
                value = loss.getFloat();
            }
            List<NDArray> gradients = parameters.stream().map(NDArray::getGradient).toList();
            kernels.clip(gradients, 1);
            kernels.adamw(parameters, gradients, first, second, steps, 1e-2, 0.9, 0.999, 1e-6, 0.01, number % 2 == 0);
            kernels.zero(gradients);
            gradients.forEach(NDArray::close);
            return value;
        }
    }

    @Test
    void staysFlat() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Network network = new Network(manager);
                float before = network.train(0);
                for (int i = 1; i < WARM; i++) network.train(i);
                int arrays = manager.getManagedArrays().size();
                long memory = residentKilobytes();
                float after = 0;
                for (int i = WARM; i < STEPS; i++) after = network.train(i);
                assertEquals(arrays, manager.getManagedArrays().size(), "arrays that the parameters' manager keeps");
                assertTrue(after < before, "the network must learn, else the steps did nothing: " + before + " to " + after);
                assumeTrue(Files.exists(STATUS), "resident memory is read from " + STATUS + ", which this system lacks");
                long grown = residentKilobytes() - memory;
                // scripts that keep their arguments make it grow by ten times as much
                assertTrue(grown < 64 * 1024, "resident memory grew by " + grown + " kB in " + (STEPS - WARM) + " steps");
            }
            return true;
        });
    }

    private static long residentKilobytes() throws IOException {
        if (!Files.exists(STATUS)) return 0;
        for (String line : Files.readAllLines(STATUS))
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", ""));
        throw new IOException(STATUS + " has no VmRSS");
    }
}
