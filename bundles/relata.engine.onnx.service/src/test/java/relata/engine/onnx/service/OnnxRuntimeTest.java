package relata.engine.onnx.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.learn.Collated;
import relata.api.learn.GraphEngine;
import relata.api.learn.InferenceGraph;

final class OnnxRuntimeTest {
    private static final OnnxRuntime ONNX = OnnxRuntime.with(Path.of("target", "cache"));
    private static final int ROWS = 9, IN = 24, OUT = 5;

    @TempDir
    private Path folder = Path.of("");

    private final float[] table = numbers(1, ROWS * IN), weight = numbers(2, OUT * IN), bias = numbers(3, OUT);

    private static float[] numbers(long seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = (float) random.nextGaussian();
        return numbers;
    }

    /** Rows of a table by number, through a linear layer. */
    private void draw(InferenceGraph graph) {
        String rows = graph.apply("Gather", graph.weight("table", table, ROWS, IN), graph.input("which", "rows of the table", "R"));
        graph.output("products", "of the rows", graph.linear(rows, "layer", weight, bias), "R", "K");
    }

    private Path write(boolean int8) throws IOException {
        Path file = folder.resolve(int8 ? "int8.onnx" : "whole.onnx");
        ONNX.write(file, int8, Map.of("colour", "blåo"), this::draw);
        return file;
    }

    private static Map<String, Collated.Field> which(long... rows) {
        return Map.of("which", new Collated.Field(rows, rows.length));
    }

    private float product(int row, int k) {
        float sum = bias[k];
        for (int i = 0; i < IN; i++) sum += table[row * IN + i] * weight[k * IN + i];
        return sum;
    }

    @Test
    void multipliesAsPlainLoopsDo() throws Exception {
        try (GraphEngine.Runner runner = ONNX.open(write(false))) {
            assertEquals(Map.of("colour", "blåo"), runner.properties());
            float[][] found = runner.run(which(3, 0, 3), "products");
            assertEquals(3, found.length);
            for (int k = 0; k < OUT; k++) assertEquals(product(3, k), found[0][k], 1e-4);
            for (int k = 0; k < OUT; k++) assertEquals(product(0, k), found[1][k], 1e-4);
            assertArrayEquals(found[0], found[2]);
        }
    }

    @Test
    void eightBitsLoseAboutOneInTwoHundred() throws Exception {
        try (GraphEngine.Runner runner = ONNX.open(write(true))) {
            float[][] found = runner.run(which(1, 2, 4), "products");
            double lost = 0, size = 0;
            int[] rows = {1, 2, 4};
            for (int r = 0; r < rows.length; r++)
                for (int k = 0; k < OUT; k++) {
                    lost += Math.pow(found[r][k] - product(rows[r], k), 2);
                    size += Math.pow(product(rows[r], k), 2);
                }
            double share = Math.sqrt(lost / size);
            assertTrue(share > 1e-6 && share < 0.02, "lost " + share);
        }
    }

    @Test
    void sameGraphSameBytes() throws Exception {
        byte[] first = Files.readAllBytes(write(true));
        Files.delete(folder.resolve("int8.onnx"));
        assertArrayEquals(first, Files.readAllBytes(write(true)));
    }

    @Test
    void manyThreadsGetTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (GraphEngine.Runner runner = ONNX.open(write(false))) {
            float[][] alone = runner.run(which(0, 1, 2, 3, 4), "products");
            List<Future<float[][]>> all = IntStream.range(0, 200).mapToObj(i -> threads.submit(() -> runner.run(which(0, 1, 2, 3, 4), "products"))).toList();
            for (Future<float[][]> each : all) assertTrue(Arrays.deepEquals(alone, each.get()));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void damagedFilesAreToldInASentence() throws Exception {
        byte[] whole = Files.readAllBytes(write(false));
        for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[0], "no model at all".getBytes())) {
            Path file = folder.resolve("damaged.onnx");
            Files.write(file, damaged);
            IOException told = assertThrows(IOException.class, () -> ONNX.open(file));
            assertTrue(told.getMessage().startsWith(file + " is cut off or no ONNX model that can be run: "), told.getMessage());
        }
        IOException none = assertThrows(IOException.class, () -> ONNX.open(folder.resolve("nowhere.onnx")));
        assertTrue(none.getMessage().contains("there is no model"), none.getMessage());
    }

    @Test
    void wrongUseIsTold() throws Exception {
        try (GraphEngine.Runner runner = ONNX.open(write(false))) {
            assertTrue(assertThrows(IllegalStateException.class, () -> runner.run(Map.of("who", new Collated.Field(new long[1], 1)), "products")).getMessage().contains("who"));
            assertTrue(assertThrows(IllegalStateException.class, () -> runner.run(which(ROWS), "products")).getMessage().contains("whole.onnx cannot be run"));
            runner.close();
            assertTrue(assertThrows(IllegalStateException.class, () -> runner.run(which(0), "products")).getMessage().contains("has been closed"));
        }
        assertThrows(FileAlreadyExistsException.class, () -> write(false));
        assertThrows(IllegalArgumentException.class, () -> ONNX.write(folder.resolve("x.onnx"), false, Map.of(), graph -> graph.apply("Cast", Map.of("to", 1), "y")));
        assertTrue(Files.notExists(folder.resolve("x.onnx")), "a graph that cannot be drawn leaves no file");
    }

    @Test
    void namesAreGivenOnce() throws Exception {
        ONNX.write(folder.resolve("names.onnx"), false, Map.of(), graph -> {
            assertEquals(graph.scalar(2f), graph.scalar(2f));
            assertEquals(graph.list(1, 2), graph.list(1, 2));
            assertNotEquals(graph.list(1), graph.list(2));
            assertNotEquals(graph.weight("w", new float[1], 1), graph.weight("w", new float[1], 1));
        });
    }

    @Test
    void librariesAreThoseOfTheCache() throws Exception {
        try (GraphEngine.Runner runner = ONNX.open(write(false))) {
            assertEquals(OUT, runner.run(which(0), "products")[0].length);
            Path library = Path.of(System.getProperty("onnxruntime.native.path"), System.mapLibraryName("onnxruntime"));
            assertTrue(Files.readAllLines(Path.of("/proc/self/maps")).stream().anyMatch(line -> line.endsWith(library.toString())), library + " is not loaded");
        }
    }

    @Test
    void largeWeightsInEightBitsOverflowNothing() throws Exception {
        Path file = folder.resolve("large.onnx");
        float[] ones = new float[IN], plus = new float[OUT * IN];
        Arrays.fill(ones, 1);
        Arrays.fill(plus, 1);
        ONNX.write(file, true, Map.of(), graph -> {
            String rows = graph.apply("Gather", graph.weight("table", ones, 1, IN), graph.input("which", "rows of the table", "R"));
            graph.output("products", "of the rows", graph.linear(rows, "layer", plus, new float[OUT]), "R", "K");
        });
        try (GraphEngine.Runner runner = ONNX.open(file)) {
            for (float sum : runner.run(which(0), "products")[0]) assertEquals(IN, sum, 0.1);
        }
    }

    @Test
    void layersWithoutABiasAreRefused() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ONNX.write(folder.resolve("x.onnx"), false, Map.of(), graph -> graph.linear("x", "layer", weight, new float[0])));
        assertTrue(e.getMessage().contains("layer has 120 weights and 0 numbers of bias"), e.getMessage());
    }

    @Test
    void librariesThatWereCutOffAreUnpackedAnew() throws Exception {
        String before = System.getProperty("onnxruntime.native.path"), name = System.mapLibraryName("onnxruntime4j_jni");
        try {
            System.clearProperty("onnxruntime.native.path");
            NativeFiles.unpack(folder.resolve("libraries"));
            Path library = folder.resolve("libraries").resolve(name);
            byte[] whole = Files.readAllBytes(library);
            Files.write(library, Arrays.copyOf(whole, whole.length / 2));
            System.clearProperty("onnxruntime.native.path");
            NativeFiles.unpack(folder.resolve("libraries"));
            assertArrayEquals(whole, Files.readAllBytes(library));
        } finally {
            if (before == null) System.clearProperty("onnxruntime.native.path");
            else System.setProperty("onnxruntime.native.path", before);
        }
    }
}
