package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST API over real HTTP: runs are started, stopped, resumed, listened to and deleted, and every answer is as the API's own document says. */
class ConsoleTest extends ServedApi {
    @Override
    boolean owns(String path) {
        return !path.startsWith("/groups/");
    }

    @Test
    void aRunIsStartedWatchedAndDeleted() throws Exception {
        String run = start(3);
        until(run, "done");
        JsonObject details = get("/runs/" + run);
        assertEquals("done", details.get("status").getAsString(), details.toString());
        assertEquals(7, details.get("seed").getAsLong());
        double whole = Duration.between(Instant.parse(details.get("started").getAsString()), Instant.parse(details.get("ended").getAsString())).toMillis() / 1000.0, worked = details.get("worked").getAsDouble();
        assertTrue(worked > 0 && worked <= whole, worked + " of " + whole + " seconds");
        assertEquals("A small encoder from nothing", details.get("title").getAsString());
        assertEquals("[\"train\"]", details.getAsJsonArray("stages").get(1).getAsJsonObject().get("needs").toString());
        assertTrue(details.getAsJsonObject("headline").has("test.micro-f1"), details.toString());
        assertTrue(details.getAsJsonObject("provenance").has("seed"), details.toString());
        JsonObject list = get("/runs?status=done&recipe=small&q=NOTHING%20BUT");
        assertEquals(0, list.get("total").getAsInt());
        assertTrue(get("/runs?status=done&recipe=small&q=FROM%20nothing&limit=1").get("total").getAsInt() >= 1);
        assertTrue(get("/runs/" + run + "/graph").getAsJsonArray("nodes").toString().contains("model.safetensors"));
        assertTrue(get("/runs/" + run + "/metrics?stage=train").get("total").getAsInt() > 0);
        assertTrue(get("/runs/" + run + "/log").getAsJsonArray("lines").size() > 2);
        ask("viewer", "GET", "/runs/" + run + "/recipe", "", 200);
        ask("runner", "POST", "/runs/" + run + "/resume", "", 409);
        ask("runner", "DELETE", "/runs/" + run, "", 204);
        ask("viewer", "GET", "/runs/" + run, "", 404);
        assertFalse(Files.exists(work.resolve("runs").resolve(run)));
    }

    @Test
    void aRunIsStoppedAndResumedByManyAtOnce() throws Exception {
        String run = start(100_000);
        until(run, "running");
        String waiting = start(1);
        assertEquals("waiting", status(waiting));
        ask("runner", "DELETE", "/runs/" + run, "", 409);
        for (int status : together(run, "stop")) assertTrue(status == 202 || status == 409, "stop: " + status);
        until(run, "stopped");
        List<Integer> resumed = together(run, "resume");
        assertEquals(1, resumed.stream().filter(s -> s == 202).count(), resumed.toString());
        assertEquals(7, resumed.stream().filter(s -> s == 409).count(), resumed.toString());
        until(waiting, "done");
        until(run, "running");
        ask("runner", "POST", "/runs/" + run + "/stop", "", 202);
        until(run, "stopped");
        ask("runner", "POST", "/runs/" + run + "/stop", "", 409);
        ask("runner", "POST", "/runs/" + run + "/resume", "", 202);
        until(run, "running");
        ask("runner", "POST", "/runs/" + run + "/stop", "", 202);
        until(run, "stopped");
        ask("runner", "DELETE", "/runs/" + run, "", 204);
        ask("runner", "DELETE", "/runs/" + waiting, "", 204);
    }

    @Test
    void whatCannotBePlannedIsRefusedInWords() throws Exception {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("seeds", "1..x"), Map.of("seeds", "1,1"), Map.of("vary", Map.of("seed", "1,2"), "seeds", "1,2"), Map.of("folds", 1), Map.of("fractions", "2"), Map.of("seeds", "1..900"),
                Map.of("seeds", "1,2", "overrides", Map.of("seed", "3")), Map.of("fractionStages", List.of("train")), Map.of("fractions", "0.5", "fractionStages", List.of("none")))) {
            Map<String, Object> body = new HashMap<>(wrong);
            body.put("recipe", recipe(1));
            assertEquals("wrong-plan", ask("runner", "POST", "/runs", body, 400).getAsJsonObject("error").get("code").getAsString(), wrong.toString());
            assertEquals(1, ask("runner", "POST", "/recipes/check", body, 200).getAsJsonArray("mistakes").size(), wrong.toString());
        }
        ask("runner", "POST", "/runs", Map.of("recipe", recipe(1), "vary", Map.of("stages.train.with.epochs", "1,-1")), 422);
    }

    private List<Integer> together(String run, String what) throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Integer> all = new ArrayList<>();
            for (Future<Integer> answer : many.invokeAll(Stream.<Callable<Integer>>generate(() -> () -> served.as("runner", "POST", API + "/runs/" + run + "/" + what, "").statusCode()).limit(8).toList())) all.add(answer.get());
            return all;
        } finally {
            many.shutdown();
        }
    }

    @Test
    void aClientThatDoesNotReadBlocksNoRun() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        for (int i = 0; i < 20; i++) deaf.add(served.socket("GET " + API + "/events HTTP/1.1", "Host: 127.0.0.1", "Authorization: Bearer " + served.token("viewer")));
        String run = start(40);
        List<String> events = until(run, "done");
        assertTrue(events.contains("metric") || status(run).equals("done"), events.toString());
        for (Socket socket : deaf) socket.close();
        ask("runner", "DELETE", "/runs/" + run, "", 204);
    }

    @Test
    void aRunOfAnotherProcessIsSeen() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(served.stream("viewer", API + "/events").body(), StandardCharsets.UTF_8))) {
            Files.writeString(work.resolve("other.yaml"), recipe(20).replace("recipe: small", "recipe: elsewhere"));
            ProcessBuilder builder = new ProcessBuilder(Tree.home().resolve("bin/relata").toString(), "run", "other.yaml", "--yes").directory(work.toFile()).redirectErrorStream(true).redirectOutput(work.resolve("other.log").toFile());
            builder.environment().put("DJL_CACHE_DIR", System.getProperty("DJL_CACHE_DIR"));
            Process other = builder.start();
            Set<String> types = new TreeSet<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("data: ") || !line.contains("elsewhere")) continue;
                types.add(line.contains("\"values\"") ? "metric" : line.contains("\"status\"") ? "run" : "other");
                if (line.contains("\"status\":\"done\"") || line.contains("\"status\":\"failed\"")) break;
            }
            assertEquals(0, other.waitFor(), Files.readString(work.resolve("other.log")));
            assertTrue(types.containsAll(List.of("metric", "run")), types.toString());
        }
        String run = get("/runs?recipe=elsewhere").getAsJsonArray("runs").get(0).getAsJsonObject().get("id").getAsString();
        assertEquals("done", status(run));
        ask("runner", "DELETE", "/runs/" + run, "", 204);
    }

    @Test
    void recipesPartsAndHealthAreThere() throws Exception {
        assertTrue(get("/recipes").toString().contains("quickstart"));
        ask("viewer", "GET", "/recipes/quickstart", "", 200);
        ask("viewer", "GET", "/recipes/nothing", "", 404);
        assertEquals(0, ask("runner", "POST", "/recipes/check", Map.of("recipe", recipe(1)), 200).getAsJsonArray("mistakes").size());
        JsonObject wrong = ask("runner", "POST", "/recipes/check", Map.of("recipe", recipe(1).replace("pcnn", "pcn").replace("model: train", "model: trained")), 200);
        assertEquals(2, wrong.getAsJsonArray("mistakes").size(), wrong.toString());
        assertEquals(4, wrong.getAsJsonArray("mistakes").get(0).getAsJsonObject().get("line").getAsInt());
        JsonObject refused = ask("runner", "POST", "/runs", Map.of("recipe", recipe(1).replace("pcnn", "pcn")), 422).getAsJsonObject("error");
        assertEquals(1, refused.getAsJsonArray("mistakes").size());
        assertTrue(refused.getAsJsonArray("details").get(0).getAsString().startsWith("line 4 "), refused.toString());
        get("/schema");
        assertTrue(get("/parts").toString().contains("nt-xent"));
        get("/parts/loss");
        assertTrue(get("/parts/loss/nt-xent").getAsJsonArray("settings").toString().contains("temperature"));
        ask("viewer", "GET", "/parts/loss/ntxent", "", 404);
        ask("viewer", "GET", "/parts/losses", "", 404);
        get("/features");
        get("/me");
        assertTrue(get("/health").getAsJsonArray("checks").toString().contains("PyTorch"));
    }

    private JsonObject upload(String query, Path jar, int expected) throws Exception {
        HttpResponse<String> answer = served.upload("operator", API + "/plugins" + query, jar);
        assertEquals(expected, answer.statusCode(), answer.body());
        JsonObject described = expected < 400 ? document.getAsJsonObject("paths").getAsJsonObject("/plugins").getAsJsonObject("post").getAsJsonObject("responses").getAsJsonObject("201") : document.getAsJsonObject("components").getAsJsonObject("responses").getAsJsonObject("Error");
        if (expected < 400) answered.add("post /plugins");
        return valid(answer, described, "/plugins");
    }

    @Test
    void pluginsAreUploadedChangedAndRemoved() throws Exception {
        Path first = PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).write(work.resolve("jars/one.jar"));
        Path second = PluginJar.of("acme.metric", "2.0.0").metric("constant", 2).write(work.resolve("jars/two.jar"));
        assertEquals("[\"acme.metric 1.0.0\"]", upload("", first, 201).get("plugins").toString());
        assertEquals("acme.metric", get("/parts/metric/constant").get("bundle").getAsString());
        assertEquals("[\"acme.metric 2.0.0\"]", upload("?update=true", second, 201).get("plugins").toString());
        ask("operator", "POST", "/plugins/acme.metric/disable", "", 200);
        ask("viewer", "GET", "/parts/metric/constant", "", 404);
        ask("operator", "POST", "/plugins/acme.metric/enable", "", 200);
        JsonObject before = ask("operator", "POST", "/plugins/rollback", Map.of("generation", 1), 200);
        assertEquals("[\"acme.metric 1.0.0\"]", before.get("plugins").toString());
        assertTrue(get("/plugins/history").getAsJsonArray("changes").size() > 1);
        JsonObject plugin = get("/plugins").getAsJsonArray("plugins").get(0).getAsJsonObject();
        assertEquals("active", plugin.get("state").getAsString());
        ask("operator", "DELETE", "/plugins/acme.metric", "", 200);
        for (String action : List.of("enable", "disable")) ask("operator", "POST", "/plugins/acme.metric/" + action, "", 409);
        ask("operator", "DELETE", "/plugins/acme.metric", "", 409);
    }

    @Test
    void whatIsNoPluginIsRefusedInWords() throws Exception {
        JsonObject refused = upload("", Files.writeString(work.resolve("no.jar"), "no jar"), 409).getAsJsonObject("error");
        assertEquals("plugins-refused", refused.get("code").getAsString());
        assertEquals("[\"the upload is refused: it is no jar: a jar begins with 'PK'\"]", refused.getAsJsonArray("details").toString(), "where the server keeps it for a moment is nobody's matter");
        Path lacking = PluginJar.of("acme.lacking", "1.0.0").metric("lacking", 1).imports("com.nowhere;version=\"[2,3)\"").write(work.resolve("jars/lacking.jar"));
        assertTrue(upload("", lacking, 409).toString().contains("com.nowhere"));
        upload("", PluginJar.of("<script>alert(1)</script>", "1.0.0").write(work.resolve("jars/script.jar")), 409);
    }

    @Test
    void commandsWorkOnARunningServer() throws Exception {
        Unpacked relata = Unpacked.inPlace(work.resolve("client"));
        String url = served.address().toString();
        Map<String, String> runner = Map.of("RELATA_TOKEN", served.token("runner"));
        relata.file("small.yaml", recipe(2));
        Unpacked.Answer run = relata.relata(runner, "--connect", url, "run", "small.yaml", "-D", "seed=3");
        assertEquals(0, run.code(), run.err() + run.out());
        String id = run.out().substring(0, run.out().indexOf(':'));
        assertTrue(run.out().contains("test.micro-f1") && run.err().contains("train: is done"), run.out() + run.err());
        assertTrue(relata.relata(runner, "--connect", url, "runs", "list").out().lines().anyMatch(l -> l.startsWith(id) && l.contains("done")));
        relata.file("new.jsonl", example("goat", "animal", "living") + example("rake", "tool", "made"));
        Unpacked.Answer predict = relata.relata(runner, "--connect=" + url, "predict", "--model", id, "--in", "new.jsonl", "--out", "answers.jsonl");
        assertEquals(0, predict.code(), predict.err());
        assertEquals(2, Files.readAllLines(work.resolve("client/answers.jsonl")).size());
        Unpacked.Answer wrong = relata.relata(runner, "--connect", url, "run", relata.file("bad.yaml", recipe(2).replace("pcnn", "pcn")).toString());
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("line 4 "), wrong.err());
        Unpacked.Answer viewer = relata.relata(Map.of("RELATA_TOKEN", served.token("viewer")), "--connect", url, "plugin", "rollback");
        assertEquals(1, viewer.code());
        assertTrue(viewer.err().contains("needs the role operator"), viewer.err());
        Unpacked.Answer seeds = relata.relata(runner, "--connect", url, "run", "small.yaml", "--seeds", "1,2");
        assertEquals(0, seeds.code(), seeds.err() + seeds.out());
        assertTrue(seeds.err().contains(": 2 runs") && seeds.out().contains(" to ") && seeds.out().lines().filter(l -> l.endsWith(": done") && !l.startsWith(" ")).count() == 2, seeds.out() + seeds.err());
        String group = get("/runs?limit=1").getAsJsonArray("runs").get(0).getAsJsonObject().get("group").getAsString();
        assertEquals(1, relata.relata(runner, "--connect", url, "run", "--resume", group).code());
        for (JsonElement run2 : get("/runs?q=" + group).getAsJsonArray("runs")) ask("runner", "DELETE", "/runs/" + run2.getAsJsonObject().get("id").getAsString(), "", 204);
        assertTrue(relata.relata(runner, "--connect", "http://127.0.0.1:9", "runs", "list").err().contains("no server answers"));
        ask("runner", "DELETE", "/runs/" + id, "", 204);
    }

    @Test
    void whatJudgesAndPredictsAnswersAsItsDocumentSays() throws Exception {
        String recipe = recipe(3) + "  shift: { use: prediction-shift, with: { model: train, split: test, view: { use: random-swap } } }\n";
        String run = ask("runner", "POST", "/runs", Map.of("recipe", recipe), 201).get("id").getAsString();
        until(run, "done");
        assertEquals(1, get("/runs/" + run + "/evaluations").getAsJsonArray("evaluations").size());
        assertEquals(2, get("/runs/" + run + "/predictions?order=unsure").getAsJsonArray("answers").size());
        get("/runs/" + run + "/shift");
        assertEquals(4, get("/runs/" + run + "/vectors?split=train&limit=4").getAsJsonArray("ids").size());
        get("/compare?resamples=10&runs=" + run);
        assertTrue(get("/models?predicts=true").toString().contains(run + ".train"));
        Map<String, Object> sentence = Map.of("tokens", List.of("a", "lamb", "is", "a", "kind", "of", "animal"), "head", List.of(1, 2), "tail", List.of(6, 7));
        Map<String, Object> question = Map.of("sentences", List.of(sentence), "top", 0, "explain", true);
        JsonObject answer = ask("viewer", "POST", "/models/" + run + ".train/predict", question, 200).getAsJsonArray("answers").get(0).getAsJsonObject();
        assertEquals(2, answer.getAsJsonArray("scores").size(), answer.toString());
        ask("viewer", "POST", "/models/" + run + ".none/predict", question, 404);
        ask("viewer", "POST", "/models/" + run + ".train/predict", Map.of("sentences", List.of()), 422);
        ask("viewer", "POST", "/try/augmenter", Map.of("name", "random-swap", "sentence", sentence, "times", 2, "seed", 1), 200);
        ask("viewer", "POST", "/try/parser", Map.of("name", "corenlp", "text", "A lamb is an animal."), 200);
        for (String path : List.of("/evaluations", "/predictions", "/shift", "/vectors")) ask("viewer", "GET", "/runs/none" + path, "", 404);
        ask("viewer", "GET", "/compare", "", 400);
        ask("runner", "DELETE", "/runs/" + run, "", 204);
    }

    @Test
    void theDocumentHoldsEveryRoute() {
        TreeSet<String> routes = new TreeSet<>();
        document.getAsJsonObject("paths").entrySet().forEach(p -> p.getValue().getAsJsonObject().keySet().forEach(m -> routes.add(m + " " + p.getKey())));
        assertTrue(routes.containsAll(List.of(
                "get /runs", "post /runs", "get /runs/{run}", "delete /runs/{run}", "get /runs/{run}/graph", "get /runs/{run}/metrics", "get /runs/{run}/log", "get /runs/{run}/recipe", "post /runs/{run}/stop",
                "post /runs/{run}/resume", "get /groups/{group}", "post /groups/{group}/stop", "post /groups/{group}/resume", "get /events", "get /runs/{run}/events", "get /recipes", "get /recipes/{name}", "post /recipes/check", "get /schema", "get /parts", "get /parts/{kind}",
                "get /parts/{kind}/{name}", "get /plugins", "get /plugins/history", "post /plugins", "delete /plugins/{name}", "post /plugins/{name}/enable", "post /plugins/{name}/disable",
                "post /plugins/rollback", "get /features", "get /health", "get /me", "get /openapi.json")), routes.toString());
        for (String route : routes) {
            JsonObject operation = document.getAsJsonObject("paths").getAsJsonObject(route.split(" ")[1]).getAsJsonObject(route.split(" ")[0]);
            assertTrue(operation.get("summary").getAsString().endsWith("."), route);
            assertTrue(List.of("viewer", "runner", "operator").contains(operation.get("x-relata-role").getAsString()), route);
        }
    }

    @Test
    void atTheEndTheRunStopsAndCanBeResumed(@TempDir Path elsewhere) throws Exception {
        Files.createDirectories(elsewhere.resolve("data"));
        for (String file : List.of("train.jsonl", "test.jsonl")) Files.copy(work.resolve("data").resolve(file), elsewhere.resolve("data").resolve(file));
        try (Served other = Served.start(elsewhere)) {
            HttpResponse<String> started = other.as("runner", "POST", API + "/runs", new Gson().toJson(Map.of("recipe", recipe(100_000))));
            String run = JsonParser.parseString(started.body()).getAsJsonObject().get("id").getAsString();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(other.stream("viewer", API + "/runs/" + run + "/events").body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null && !line.startsWith("event: metric"); line = lines.readLine()) assertFalse(line.contains("failed"), line);
            }
            assertEquals(0, other.end());
            String status = Files.readString(elsewhere.resolve("runs").resolve(run).resolve("status.json"));
            assertTrue(status.contains("\"stopped\""), status);
            assertTrue(Files.exists(elsewhere.resolve("runs").resolve(run).resolve("stages/train/checkpoint/place.json")), "it cannot go on");
        }
    }
}
