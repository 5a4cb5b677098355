package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a small corpus, and requests to its REST API, each of whose answers is held against the API's own document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class ServedApi {
    static final String API = "/api/v1";
    private static final ObjectMapper JACKSON = new ObjectMapper();

    Path work = Path.of("");
    Served served;
    JsonObject document = new JsonObject();
    /** Routes whose answer was held against the document, at least once with a status below 400. */
    final Set<String> answered = new TreeSet<>();
    private int begun;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        work = folder;
        Path data = Files.createDirectories(folder.resolve("data"));
        StringBuilder train = new StringBuilder();
        for (String animal : List.of("dog", "cat", "horse", "cow")) train.append(example(animal, "animal", "living"));
        for (String tool : List.of("hammer", "saw", "drill", "axe")) train.append(example(tool, "tool", "made"));
        Files.writeString(data.resolve("train.jsonl"), train);
        Files.writeString(data.resolve("test.jsonl"), example("hen", "animal", "living") + example("file", "tool", "made"));
        served = Served.start(folder, "--uploads");
        document = JsonParser.parseString(served.as("viewer", "GET", API + "/openapi.json", "").body()).getAsJsonObject();
    }

    @BeforeEach
    void count() {
        begun++;
    }

    @AfterAll
    void end() throws Exception {
        served.close();
    }

    static String example(String head, String tail, String relation) {
        return String.format(
                "{\"id\": \"%s\", \"tokens\": [\"a\", \"%s\", \"is\", \"a\", \"kind\", \"of\", \"%s\"], \"head\": {\"start\": 1, \"end\": 2}, \"tail\": {\"start\": 6, \"end\": 7}, \"relation\": \"%s\"}\n",
                head, head, tail, relation);
    }

    static String recipe(int epochs) {
        return """
                recipe: small
                title: A small encoder from nothing
                corpus: { use: jsonl, with: { root: data } }
                encoder: { use: pcnn }
                stages:
                  train:
                    use: train
                    with: { split: train, batches: { use: shuffled, with: { size: 4 } }, objectives: [ { use: cross-entropy } ], epochs: %d }
                  test: { use: evaluate, with: { model: train, split: test } }
                """.formatted(epochs);
    }

    /** Sends a request, and holds the answer against the API's document. */
    JsonObject ask(String role, String method, String path, Object body, int expected) throws Exception {
        HttpResponse<String> answer = served.as(role, method, API + path, body.equals("") ? "" : new Gson().toJson(body));
        assertEquals(expected, answer.statusCode(), method + " " + path + ": " + answer.body());
        String route = route(method, path.replaceFirst("\\?.*", ""));
        JsonObject operation = document.getAsJsonObject("paths").getAsJsonObject(route.split(" ")[1]).getAsJsonObject(route.split(" ")[0]);
        if (expected < 400) answered.add(route);
        JsonObject responses = operation.getAsJsonObject("responses");
        if (expected >= 400) return valid(answer, document.getAsJsonObject("components").getAsJsonObject("responses").getAsJsonObject("Error"), path);
        assertTrue(responses.has(String.valueOf(expected)), method + " " + path + " has no status " + expected + " in the document");
        JsonObject response = responses.getAsJsonObject(String.valueOf(expected));
        return response.has("content") ? valid(answer, response, path) : new JsonObject();
    }

    /** The route of a request as the document names it: of several, the one with the fewest names. */
    private String route(String method, String path) {
        String word = method.toLowerCase(Locale.ROOT);
        return document.getAsJsonObject("paths").entrySet().stream().filter(e -> path.matches(e.getKey().replaceAll("\\{[^}]+}", "[^/]+")) && e.getValue().getAsJsonObject().has(word)).map(e -> word + " " + e.getKey())
                .min(Comparator.comparingLong(r -> r.chars().filter(c -> c == '{').count())).orElseThrow(() -> new AssertionError("the document has no " + method + " " + path));
    }

    JsonObject valid(HttpResponse<String> answer, JsonObject response, String path) throws IOException {
        Map.Entry<String, JsonElement> content = response.getAsJsonObject("content").entrySet().iterator().next();
        assertEquals(content.getKey(), answer.headers().firstValue("Content-Type").orElse("").replace(";charset=utf-8", ""), path);
        if (!content.getKey().equals("application/json")) return new JsonObject();
        // the schemas stand where references look for them
        JsonObject schema = content.getValue().getAsJsonObject().getAsJsonObject("schema").deepCopy();
        schema.add("$defs", document.getAsJsonObject("components").get("schemas"));
        JsonNode alone = JACKSON.readTree(schema.toString().replace("#/components/schemas/", "#/$defs/"));
        Set<ValidationMessage> wrong = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(alone).validate(JACKSON.readTree(answer.body()));
        assertEquals(Set.of(), wrong, path + " answered " + answer.body());
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    JsonObject get(String path) throws Exception {
        return ask("viewer", "GET", path, "", 200);
    }

    String start(int epochs) throws Exception {
        return ask("runner", "POST", "/runs", Map.of("recipe", recipe(epochs), "overrides", Map.of("seed", 7)), 201).get("id").getAsString();
    }

    String status(String run) throws Exception {
        return get("/runs/" + run).get("status").getAsString();
    }

    /** Events of a run from its beginning on, until the run stands so. */
    List<String> until(String run, String status) throws Exception {
        List<String> types = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(served.stream("viewer", API + "/runs/" + run + "/events").body(), StandardCharsets.UTF_8))) {
            // what came before the connection shows in the status
            if (status(run).equals(status)) return types;
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) type = line.substring("event: ".length());
                if (!line.startsWith("data: ")) continue;
                types.add(type);
                JsonObject data = JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
                if (type.equals("run") && data.get("status").getAsString().equals(status)) return types;
            }
        }
        throw new AssertionError("the events end with " + types);
    }

    /** Routes of the document whose answer a class of tests has to see. */
    abstract boolean owns(String path);

    /** Of a route that nobody asks, nothing shows whether its document is true. */
    @AfterAll
    void everyRouteWasAsked() {
        if (begun < Stream.of(getClass().getDeclaredMethods()).filter(m -> m.isAnnotationPresent(Test.class)).count()) return;
        TreeSet<String> left = new TreeSet<>();
        document.getAsJsonObject("paths").entrySet().stream().filter(p -> owns(p.getKey())).forEach(p -> p.getValue().getAsJsonObject().keySet().forEach(m -> left.add(m + " " + p.getKey())));
        left.removeAll(answered);
        // events are no JSON, and listened to in many tests; the document was read before any other route
        left.removeAll(List.of("get /events", "get /runs/{run}/events", "get /openapi.json"));
        assertEquals(Set.of(), left);
    }
}
