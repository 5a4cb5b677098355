package relata.runs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    private static final String GOOD = "{\"example\":\"e\",\"pair\":0,\"gold\":[],\"label\":\"a\",\"scores\":[0.5]}";

    @TempDir
    private Path stage = Path.of("");

    private Path write(String second) throws IOException {
        Files.writeString(stage.resolve("evaluation.json"), "{\"labels\":[\"a\"]}");
        return Files.writeString(stage.resolve("predictions.jsonl"), GOOD + "\n" + second + "\n");
    }

    @Test
    void answersAreRead() throws IOException {
        write(GOOD);
        assertEquals(2, Answers.read(stage).orElseThrow().predictions().items().size());
        Files.writeString(stage.resolve("evaluation.json"), "{\"labels\":[null]}");
        assertTrue(assertThrows(IOException.class, () -> Answers.read(stage)).getMessage().startsWith(stage.resolve("evaluation.json") + " is damaged: "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~~                                                                        | an answer was expected, an object with example, pair, gold, label, scores, but found ''",
        "[1]                                                                       | but found '[1]'",
        "{\"example\":\"e\",\"pair\":0,\"label\":\"a\",\"scores\":[]}              | the answer has no 'gold'",
        "{\"example\":null,\"pair\":0,\"gold\":[],\"label\":\"a\",\"scores\":[]}   | the answer has no 'example'",
        "{\"example\":\"e\",\"pair\":0,\"gold\":[],\"label\":\"a\",\"scores\":[null]} | the answer has no 'scores', or not all of it",
        "{\"example\":\"e\",\"pair\":\"x\",\"gold\":[],\"label\":\"a\",\"scores\":[]} | x",
        "{\"example\":\"e\"                                                        | End of input"
    })
    void damagedLinesAreNamed(String line, String said) throws IOException {
        Path file = write(line);
        String message = assertThrows(IOException.class, () -> Answers.read(stage)).getMessage();
        assertTrue(message.startsWith(file + " line 2: ") && message.contains(said), message);
    }
}
