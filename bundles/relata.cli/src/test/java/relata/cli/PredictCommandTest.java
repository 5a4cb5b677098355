package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static relata.cli.PartCommandsTest.corpus;
import static relata.cli.PartCommandsTest.example;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

/** Answers of a model, in a file or a sentence that says why not. */
class PredictCommandTest {
    @TempDir
    private Path home = Path.of("");

    private FakeServices services = new FakeServices(home);
    private Shell shell = new Shell(services);
    private String input = "";

    @BeforeEach
    void prepare() throws IOException {
        services = new FakeServices(home);
        shell = new Shell(services);
        input = Files.writeString(home.resolve("in.jsonl"), "{}\n").toString();
        services.created = Map.of("jsonl", FakeServices.reader(corpus("train", List.of(example("a", "train")))));
    }

    @Test
    void predictsIntoAFileThatIsWholeOrNotThere() throws IOException {
        Path out = home.resolve("out.jsonl");
        services.model = Optional.of(model(false));
        assertEquals(0, shell.run("predict", "--model", home.toString(), "--in", input, "--out", out.toString()), shell.err());
        JsonObject answer = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
        assertEquals("other", answer.get("label").getAsString());
        assertEquals("e2", answer.get("tail").getAsString());
        assertEquals(0.75, answer.getAsJsonObject("scores").get("other").getAsDouble());
        Files.delete(out);
        services.model = Optional.of(model(true));
        assertEquals(1, shell.run("predict", "--model", home.toString(), "--in", input, "--out", out.toString()));
        try (var files = Files.list(home)) {
            assertEquals(List.of("in.jsonl"), files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void whatAThreadThrowsIsToldInItsOwnWords() {
        RelationModel broken = new RelationModel() {
            @Override
            public List<String> labels() {
                return List.of("other", "train");
            }

            @Override
            public boolean concurrent() {
                return true;
            }

            @Override
            public Predictions predict(List<Example> examples) {
                throw new IllegalStateException("the weights are damaged");
            }

            @Override
            public void close() {}
        };
        List<Example> examples = Collections.nCopies(64, example("a", "train"));
        for (int i = 0; i < 20; i++) assertEquals("the weights are damaged", assertThrows(IllegalStateException.class, () -> PredictCommand.predict(broken, examples)).getMessage());
    }

    private static RelationModel model(boolean broken) {
        return new RelationModel() {
            @Override
            public List<String> labels() {
                return List.of("other", "train");
            }

            @Override
            public Predictions predict(List<Example> examples) {
                if (broken) throw new IllegalStateException("the weights are damaged");
                return new Predictions(labels(), Optional.empty(), examples.stream().map(e -> new Prediction(e.id(), 0, List.of(), "other", List.of(0.75, 0.25))).toList());
            }

            @Override
            public void close() {}
        };
    }
}
