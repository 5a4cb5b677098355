package relata.engine.pytorch.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.learn.Engine;
import relata.api.learn.Engine.Tape;

class PyTorchTest {
    private final PyTorch engine = new PyTorch();

    @Test
    void describesItself() {
        assertTrue(engine.describe().matches("PyTorch 2\\.7\\.1, (cpu|gpu\\(\\d+\\)), \\d+ threads?"), engine.describe());
    }

    @Test
    void addsTheGradientsOfSeveralLosses() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); Tape tape = engine.record()) {
                NDArray w = Numbers.parameter(manager, new float[] {1, 2, 3, 4}, 2, 2);
                NDArray x = manager.create(new float[] {5, 6, 7, 8}, new Shape(2, 2));
                for (int i = 0; i < 2; i++) tape.backward(Linear.linear(x, w).singletonOrThrow().sum());
                try (NDArray gradient = w.getGradient()) {
                    assertArrayEquals(new float[] {24, 28, 24, 28}, gradient.toFloatArray());
                }
            }
            return true;
        });
    }

    @Test
    void arraysAreCountedWhereverTheyAre() throws Exception {
        engine.call(() -> {
            long none = engine.arrays();
            NDManager manager = engine.newManager();
            NDManager step = manager.newSubManager();
            NDArray a = step.ones(new Shape(3)), b = a.add(a), c = b.mul(2f);
            assertEquals(3, engine.arrays() - none, "two operands and " + c);
            a.attach(manager);
            b.detach();
            assertEquals(3, engine.arrays() - none);
            step.close();
            assertEquals(2, engine.arrays() - none, "c is gone with its manager");
            b.attach(manager);
            b.detach();
            assertEquals(2, engine.arrays() - none);
            manager.close();
            assertEquals(1, engine.arrays() - none, "what was detached is nobody's");
            b.close();
            b.close();
            assertEquals(0, engine.arrays() - none);
            return true;
        });
    }

    @Test
    void gradientsOutliveTheNumbersOfAFormula() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); Tape tape = engine.record()) {
                int formulas = 20_000;
                NDArray w = Numbers.parameter(manager, new float[] {1, 2}, 2);
                NDArray sum = manager.zeros(new Shape(2));
                for (int i = 0; i < formulas; i++) sum = sum.add(w.mul(2f));
                // takes the buffers that nothing in Java holds, and writes over their memory
                for (int i = 0; i < 5; i++) System.gc();
                for (int i = 0; i < formulas; i++) manager.create(new float[] {1e9f}).close();
                tape.backward(sum.sum());
                try (NDArray gradient = w.getGradient()) {
                    assertArrayEquals(new float[] {2 * formulas, 2 * formulas}, gradient.toFloatArray());
                }
            }
            return true;
        });
    }

    @Test
    void callSetsAndRestoresLoaderAndGradientMode() throws Exception {
        engine.newManager().close();
        ClassLoader own = new ClassLoader() {};
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            thread.submit(() -> {
                Thread.currentThread().setContextClassLoader(own);
                assertTrue(JniUtils.isGradMode(), "a new thread starts with gradients on");
                assertThrows(IllegalStateException.class, () -> engine.call(() -> {
                    assertSame(ai.djl.engine.Engine.class.getClassLoader(), Thread.currentThread().getContextClassLoader());
                    assertFalse(JniUtils.isGradMode());
                    Tape tape = engine.record();
                    try {
                        assertTrue(JniUtils.isGradMode());
                        engine.call(() -> {
                            assertFalse(JniUtils.isGradMode());
                            return true;
                        });
                        assertTrue(JniUtils.isGradMode());
                    } finally {
                        tape.close();
                    }
                    assertFalse(JniUtils.isGradMode());
                    throw new IllegalStateException("work that fails");
                }));
                assertSame(own, Thread.currentThread().getContextClassLoader());
                assertTrue(JniUtils.isGradMode());
                return true;
            }).get();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void recordsOneAtATime() throws Exception {
        Engine second = new PyTorch();
        try (Tape tape = engine.record()) {
            assertTrue(assertThrows(IllegalStateException.class, second::record).getMessage().contains("already recorded by thread"));
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                ExecutionException wrong = assertThrows(ExecutionException.class, () -> thread.submit(tape::close).get());
                assertTrue(wrong.getCause().getMessage().contains("not by thread"), wrong.getCause().getMessage());
            } finally {
                thread.shutdown();
            }
            assertTrue(JniUtils.isGradMode());
        }
        assertFalse(JniUtils.isGradMode());
        second.record().close();
    }

    @Test
    void explainsALossWithoutParameters() {
        try (NDManager manager = engine.newManager(); Tape tape = engine.record()) {
            assertTrue(assertThrows(IllegalStateException.class, () -> tape.backward(manager.create(1f))).getMessage().contains("no trainable parameter"));
            NDArray w = Numbers.parameter(manager, new float[] {1, 2}, 2);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> tape.backward(manager.create(new float[] {3, 4}).mul(w))).getMessage().contains("(2)"));
        }
    }

    @Test
    void aClosedRecordingIsOver() {
        Tape tape = engine.record();
        tape.close();
        tape.close();
        try (NDManager manager = engine.newManager()) {
            assertTrue(assertThrows(IllegalStateException.class, () -> tape.backward(manager.create(1f))).getMessage().contains("closed"));
        }
    }

    @Test
    void seedsDropout() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                NDArray ones = manager.ones(new Shape(1000));
                float[][] masks = new float[3][];
                for (int i = 0; i < 3; i++) {
                    engine.seed(i == 1 ? 8 : 7);
                    masks[i] = Dropout.dropout(ones, 0.5f, true).singletonOrThrow().toFloatArray();
                }
                assertArrayEquals(masks[0], masks[2]);
                assertFalse(Arrays.equals(masks[0], masks[1]));
            }
            return true;
        });
    }

    @Test
    void goesOnAfterClose() {
        PyTorch closed = new PyTorch();
        closed.kernels();
        closed.close();
        try (NDManager manager = closed.newManager()) {
            assertEquals(2f, closed.kernels().logSumExp(manager.create(new float[] {2})).getFloat());
        }
        closed.close();
    }

    @Test
    void refusesAThreadCountThatIsNone() {
        System.setProperty("relata.threads", "0");
        try {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new PyTorch().describe()).getMessage().contains("relata.threads"));
        } finally {
            System.clearProperty("relata.threads");
        }
    }

    /** What the next test starts in a process of its own: a library loads only once in a process. */
    static final class Described {
        public static void main(String[] arguments) {
            try {
                System.out.println(new PyTorch().describe());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String describedWithCache(Path cache) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Drelata.threads=1",
                "-cp", System.getProperty("java.class.path"), Described.class.getName()).redirectErrorStream(true);
        builder.environment().put("DJL_CACHE_DIR", cache.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void saysWhatItNeedsWhereItCannotStart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        String said = describedWithCache(file);
        assertTrue(said.contains("PyTorch does not start") && said.contains(file.toString()) && said.contains("must be writable"), said);
    }

    @Test
    void takesTheNumberOfThreadsFromItsProperty() throws Exception {
        String said = describedWithCache(Path.of(System.getProperty("DJL_CACHE_DIR", Path.of(System.getProperty("user.home"), ".cache", "relata", "djl").toString())));
        assertTrue(said.strip().endsWith(", 1 thread"), said);
    }
}
