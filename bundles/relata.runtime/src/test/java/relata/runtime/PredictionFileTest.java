package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

class PredictionFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("predictions.jsonl");
        List<Prediction> items = List.of(new Prediction("é\n1", 0, List.of("a", "b"), "a", List.of(0.25, 0.75)), new Prediction("2", 3, List.of(), "b", List.of()));
        PredictionFile.write(file, new Predictions(List.of("a", "b"), Optional.empty(), items));
        assertEquals(items, PredictionFile.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"example\":\"e\"", "", "[1]", "{}", "{\"example\":\"e\",\"pair\":0,\"gold\":[],\"label\":\"a\",\"scores\":[null]}",
        "{\"example\":\"e\",\"pair\":\"x\",\"gold\":[],\"label\":\"a\",\"scores\":[1]}"})
    void aDamagedLineIsNamed(String line) throws IOException {
        Path file = folder.resolve("predictions.jsonl");
        Files.writeString(file, "{\"example\":\"e\",\"pair\":0,\"gold\":[],\"label\":\"a\",\"scores\":[1]}\n" + line + "\n");
        String said = assertThrows(IOException.class, () -> PredictionFile.read(file)).getMessage();
        assertTrue(said.startsWith(file + " line 2: "), said);
    }
}
