package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.testkit.TestEngine;

class StateFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAndWhatIsDamagedIsRefusedWhereverItIs() throws Exception {
        Path file = folder.resolve("optimiser.bin");
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                Map<String, NDArray> arrays = new LinkedHashMap<>();
                arrays.put("updates", manager.create(3f));
                arrays.put("mean", manager.create(new float[] {1, -2, 0.5f, 4, 5, 6}, new Shape(2, 3)));
                StateFile.write(file, arrays);
                Map<String, NDArray> read = StateFile.read(file, manager);
                assertEquals(List.copyOf(arrays.keySet()), List.copyOf(read.keySet()));
                arrays.forEach((name, array) -> {
                    assertEquals(array.getShape(), read.get(name).getShape());
                    assertArrayEquals(array.toFloatArray(), read.get(name).toFloatArray());
                });
                byte[] whole = Files.readAllBytes(file);
                for (int length = 0; length < whole.length; length++) refused(file, Arrays.copyOf(whole, length), manager);
                refused(file, Arrays.copyOf(whole, whole.length + 1), manager);
                // the counts: of arrays, and of the dimensions of the second
                int rank = 4 + 2 + 7 + 4 + 4 + 2 + 4;
                assertEquals(2, whole[rank + 3], "the test looks at the wrong place");
                for (int at : new int[] {0, 3, rank, rank + 3, rank + 4, rank + 5, rank + 11}) {
                    byte[] wrong = whole.clone();
                    wrong[at] = (byte) (wrong[at] == 0 ? 0xf0 : 0);
                    refused(file, wrong, manager);
                }
            }
            return true;
        });
    }

    private static void refused(Path file, byte[] bytes, NDManager manager) throws IOException {
        Files.write(file, bytes);
        IOException e = assertThrows(IOException.class, () -> StateFile.read(file, manager));
        assertTrue(e.getMessage().contains("optimiser.bin"), e.getMessage());
    }
}
