package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.platform.tests.Unpacked.Answer;

/** A model that is trained by the unpacked distribution, exported, and asked both ways. */
class ExportTest {
    private static final String EXAMPLE =
            "{\"id\": \"%s\", \"tokens\": [\"a\", \"%s\", \"is\", \"a\", \"kind\", \"of\", \"%s\"], \"head\": {\"start\": 1, \"end\": 2}, \"tail\": {\"start\": 6, \"end\": 7}, \"relation\": \"%s\"}\n";
    private static final double NEAR = 1e-4;

    @TempDir
    private Path folder = Path.of("");

    private static String examples(String relation, String tail, String... heads) {
        return Stream.of(heads).map(head -> String.format(EXAMPLE, head, head, tail, relation)).collect(Collectors.joining());
    }

    private static JsonObject done(Answer answer) {
        assertEquals(0, answer.code(), answer.err());
        return JsonParser.parseString(answer.out()).getAsJsonObject();
    }

    @Test
    void anExportedModelAnswersAsTheTrainedOne() throws Exception {
        Unpacked relata = Unpacked.into(folder);
        Files.createDirectories(relata.work().resolve("data"));
        relata.file("data/train.jsonl", examples("living", "animal", "dog", "cat", "horse", "cow", "sheep", "pig") + examples("made", "tool", "hammer", "saw", "drill", "axe", "knife", "spade"));
        relata.file("data/test.jsonl", examples("living", "animal", "goat", "hen") + examples("made", "tool", "rake", "file"));
        relata.file("own.yaml", """
                corpus: { use: jsonl, with: { root: data } }
                encoder: { use: transformer, with: { checkpoint: minilm-l6, maxLength: 32 } }
                stages:
                  finetune: { use: train, with: { batches: { use: shuffled, with: { size: 4 } }, objectives: [ { use: cross-entropy } ], optimiser: { use: adamw, with: { rate: 1e-4 } }, epochs: 2 } }
                  test: { use: evaluate, with: { model: finetune } }
                """);
        assertEquals(0, relata.relata("run", "own.yaml").code());
        Answer early = relata.relata("predict", "--model", "last", "--engine", "onnx", "--in", "data/test.jsonl", "--out", "-");
        assertTrue(early.code() == 1 && early.err().contains("relata export"), early.err());

        JsonObject exported = done(relata.relata("export", "--model", "last", "--json"));
        assertEquals(1.0, exported.get("agreement").getAsDouble());
        assertTrue(exported.get("difference").getAsDouble() < NEAR, exported.toString());
        assertEquals("4 of 4 examples of split 'test' of corpus 'data'", exported.get("examples").getAsString());
        assertEquals(exported.get("before"), exported.get("after"));

        JsonObject both = done(relata.relata("predict", "--model", "last", "--in", "data/test.jsonl", "--out", "onnx.jsonl", "--json"));
        assertTrue(both.get("engine").getAsString().startsWith("ONNX Runtime"), both.toString());
        JsonObject trained = done(relata.relata("predict", "--model", "last", "--engine", "pytorch", "--in", "data/test.jsonl", "--out", "pytorch.jsonl", "--json"));
        assertTrue(trained.get("engine").getAsString().startsWith("PyTorch"), trained.toString());
        List<String> a = Files.readAllLines(relata.work().resolve("onnx.jsonl")), b = Files.readAllLines(relata.work().resolve("pytorch.jsonl"));
        assertEquals(4, a.size());
        for (int i = 0; i < a.size(); i++) {
            JsonObject x = JsonParser.parseString(a.get(i)).getAsJsonObject(), y = JsonParser.parseString(b.get(i)).getAsJsonObject();
            assertEquals(x.get("label"), y.get("label"));
            for (Map.Entry<String, JsonElement> score : x.getAsJsonObject("scores").entrySet())
                assertEquals(score.getValue().getAsDouble(), y.getAsJsonObject("scores").get(score.getKey()).getAsDouble(), NEAR);
        }
        served(relata, b.get(0));
        elsewhere(relata);
        damaged(relata, Path.of(exported.get("file").getAsString()));
    }

    /** By a process in which nothing has loaded an engine yet. @param trained the trained model's answer to the first question */
    private static void served(Unpacked relata, String trained) throws Exception {
        try (Served served = Served.start(relata.work())) {
            JsonObject model = JsonParser.parseString(served.as("viewer", "GET", "/api/v1/models", "").body()).getAsJsonObject().getAsJsonArray("models").get(0).getAsJsonObject();
            assertTrue(model.has("exported") && !model.get("exported").isJsonNull(), model.toString());
            String question = "{\"sentences\": [{\"tokens\": [\"a\", \"goat\", \"is\", \"a\", \"kind\", \"of\", \"animal\"], \"head\": [1, 2], \"tail\": [6, 7]}]}";
            HttpResponse<String> response = served.as("viewer", "POST", "/api/v1/models/" + model.get("id").getAsString() + "/predict", question);
            assertEquals(200, response.statusCode(), response.body());
            JsonObject answers = JsonParser.parseString(response.body()).getAsJsonObject(), first = JsonParser.parseString(trained).getAsJsonObject();
            assertTrue(answers.get("engine").getAsString().startsWith("ONNX Runtime"), answers.toString());
            JsonObject answer = answers.getAsJsonArray("answers").get(0).getAsJsonObject();
            assertEquals(first.get("label"), answer.get("label"));
            assertEquals(first.getAsJsonObject("scores").get(answer.get("label").getAsString()).getAsDouble(), answer.get("score").getAsDouble(), NEAR);
        }
    }

    /** In a folder and in a file of one's own; what is there is not lost. */
    private static void elsewhere(Unpacked relata) throws Exception {
        JsonObject small = done(relata.relata("export", "--model", "last", "--onnx", "small", "--int8", "--json"));
        assertTrue(small.get("bytes").getAsLong() < 60_000_000, small.toString());
        JsonObject asked = done(relata.relata("predict", "--model", "small", "--in", "data/test.jsonl", "--out", "small.jsonl", "--json"));
        assertTrue(asked.get("engine").getAsString().endsWith("8 bits"), asked.toString());
        JsonObject description = JsonParser.parseString(Files.readString(relata.work().resolve("small/model.json"))).getAsJsonObject();
        assertEquals("[\"living\",\"made\"]", description.get("labels").toString());
        assertEquals(5, description.getAsJsonArray("inputs").size());
        assertTrue(description.getAsJsonObject("example").has("scores"));
        Answer lost = relata.relata("export", "--model", "last", "--onnx", "data");
        assertTrue(lost.code() == 1 && lost.err().contains("holds other files"), lost.err());
        assertEquals(0, relata.relata("export", "--model", "last", "--onnx", "one.onnx").code());
        try (Stream<Path> files = Files.list(relata.work())) {
            TreeSet<String> names = files.map(f -> f.getFileName().toString()).filter(n -> n.contains("one")).collect(Collectors.toCollection(TreeSet::new));
            assertEquals("[one.json, one.onnx, one.tokenizer.json]", names.toString());
        }
    }

    private static void damaged(Unpacked relata, Path file) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Answer answer = relata.relata("predict", "--model", "last", "--in", "data/test.jsonl", "--out", "none.jsonl");
        assertEquals(1, answer.code());
        assertTrue(answer.err().contains("model.onnx is cut off or no ONNX model"), answer.err());
        assertTrue(answer.err().contains("--engine pytorch takes the trained weights"), answer.err());
        assertFalse(answer.err().contains("\tat "), answer.err());
    }
}
