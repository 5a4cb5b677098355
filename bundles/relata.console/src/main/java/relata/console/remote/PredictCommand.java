package relata.console.remote;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Asks a server's model. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.connect=true")
@picocli.CommandLine.Command(name = "predict", mixinStandardHelpOptions = true, description = "Answer sentences by a model of the server: JSON lines with text or tokens, head and tail.")
public final class PredictCommand implements Command, Callable<Integer> {
    /** Sentences in a request. */
    private static final int SLICE = 128;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "RUN.STAGE; or a run, of which the last model that gives answers is asked.")
    private String model = "";

    @Option(names = "--in", paramLabel = "FILE", required = true, description = "Sentences in JSON lines, each with one pair of entities.")
    private Path in = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write the answers, in the same order.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws Exception {
        List<JsonObject> sentences = sentences();
        Server server = Server.of(spec);
        String id = model(server, model);
        Path beside = out.toAbsolutePath().resolveSibling("." + out.getFileName() + ".part");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(beside)) {
                for (int from = 0; from < sentences.size(); from += SLICE) {
                    List<JsonObject> slice = sentences.subList(from, Math.min(from + SLICE, sentences.size()));
                    JsonArray answers = server.post("/models/" + Server.word(id) + "/predict", Map.of("sentences", slice, "top", 0)).getAsJsonArray("answers");
                    for (JsonElement answer : answers) {
                        answer.getAsJsonObject().remove("explanation");
                        writer.write(answer + "\n");
                    }
                }
            }
            Files.move(beside, out, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        PrintWriter told = spec.commandLine().getOut();
        told.println(sentences.size() + " answers of " + id + " are in " + out);
        told.flush();
        return 0;
    }

    /** A model's id. @param named it, or a run: then it is that of the last of the run's stages whose model gives answers */
    static String model(Server server, String named) throws Exception {
        if (named.contains(".")) return named;
        JsonObject details = server.get("/runs/" + Server.word(named));
        String run = details.get("id").getAsString();
        Map<String, String> models = new HashMap<>();
        for (JsonElement e : server.get("/models?predicts=true").getAsJsonArray("models")) {
            JsonObject model = e.getAsJsonObject();
            if (model.get("run").getAsString().equals(run)) models.put(model.get("stage").getAsString(), model.get("id").getAsString());
        }
        String found = "";
        for (JsonElement stage : details.getAsJsonArray("stages")) found = models.getOrDefault(stage.getAsJsonObject().get("name").getAsString(), found);
        if (found.isEmpty()) throw new IOException("run " + run + " has no model that gives answers");
        return found;
    }

    /** As in the format {@code jsonl}: head and tail are objects with start and end. */
    private List<JsonObject> sentences() throws IOException {
        List<JsonObject> sentences = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(in)) {
            number++;
            if (line.isBlank()) continue;
            try {
                JsonObject given = JsonParser.parseString(line).getAsJsonObject();
                JsonObject sentence = new JsonObject();
                for (String key : List.of("text", "tokens")) if (given.has(key)) sentence.add(key, given.get(key));
                for (String key : List.of("head", "tail")) {
                    JsonObject entity = given.getAsJsonObject(key);
                    sentence.add(key, new Gson().toJsonTree(new int[] {entity.get("start").getAsInt(), entity.get("end").getAsInt()}));
                    if (entity.has("type")) sentence.add(key + "Type", entity.get("type"));
                }
                sentences.add(sentence);
            } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
                throw new IOException(in + " line " + number + " is no sentence with one pair: expected text or tokens, and head and tail with start and end", e);
            }
        }
        return sentences;
    }
}
