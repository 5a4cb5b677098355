package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever should not come in does not, and what comes in does no harm: over real HTTP, against a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleSecurityTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String API = "/api/v1";

    private Path work = Path.of("");
    private Served served;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        work = folder;
        served = Served.start(folder);
    }

    @AfterAll
    void end() throws Exception {
        served.close();
    }

    private static String code(HttpResponse<String> answer) {
        JsonObject error = JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("error");
        assertEquals(answer.statusCode(), error.get("status").getAsInt());
        assertFalse(answer.body().contains("\\tat ") || answer.body().contains("Exception"), "a stack trace: " + answer.body());
        return answer.statusCode() + " " + error.get("code").getAsString();
    }

    private static String status(String raw) {
        return raw.split(" ", 3)[1];
    }

    @Test
    void tokensArePrintedOnceAndKeptForTheOwnerAlone() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(work.resolve("tokens"))));
        for (String role : List.of("viewer", "runner", "operator")) assertTrue(String.join("\n", served.said()).contains(served.token(role)), role);
        try (Served again = Served.start(work)) {
            assertEquals(served.token("viewer"), again.token("viewer"));
            assertFalse(String.join("\n", again.said()).contains(served.token("viewer")), again.said().toString());
        }
    }

    @Test
    void itListensOnThisMachineOnly() {
        assertEquals("127.0.0.1", served.address().getHost());
        Path tcp = Path.of("/proc/net/tcp");
        if (!Files.exists(tcp)) return;
        String port = String.format(":%04X ", served.address().getPort());
        assertTrue(lines(tcp).stream().filter(l -> l.contains(port) && l.contains(" 0A ")).allMatch(l -> l.contains("0100007F" + port)), "it listens elsewhere");
        assertTrue(lines(Path.of("/proc/net/tcp6")).stream().filter(l -> l.contains(port) && l.contains(" 0A ")).allMatch(l -> l.contains("0000000000000000FFFF00000100007F" + port)), "it listens elsewhere");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void withoutATokenThereIsNothing() throws Exception {
        assertEquals(200, served.send("GET", "/ready", "").statusCode());
        assertEquals(200, served.send("GET", "/login", "").statusCode());
        for (String path : List.of("/runs", "/events", "/openapi.json", "/nothing", "/runs/x/log")) assertEquals("401 no-token", code(served.send("GET", API + path, "")), path);
        assertEquals("401 no-token", code(served.send("POST", API + "/runs", "{}")));
        assertEquals("Bearer", served.send("GET", API + "/runs", "").headers().firstValue("WWW-Authenticate").orElse(""));
        for (String page : List.of("/", "/runs/x", "/new", "/plugins", "/nothing")) {
            HttpResponse<String> answer = served.send("GET", page, "");
            assertEquals(302, answer.statusCode(), page);
            assertTrue(answer.headers().firstValue("Location").orElse("").startsWith("/login?next="), page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic dmlld2VyOng=", "wrong"})
    void aWrongTokenIsRefused(String header) throws Exception {
        assertEquals("401 wrong-token", code(served.send("GET", API + "/runs", "", "Authorization", header)));
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, GET, /runs, 200", "viewer, GET, /plugins, 200", "viewer, POST, /runs, 403 wrong-role", "viewer, POST, /recipes/check, 403 wrong-role", "viewer, POST, /runs/x/stop, 403 wrong-role",
        "viewer, DELETE, /runs/x, 403 wrong-role", "viewer, POST, /plugins/rollback, 403 wrong-role", "runner, POST, /runs/x/stop, 404 no-such-run", "runner, DELETE, /runs/x, 404 no-such-run",
        "runner, DELETE, /plugins/x, 403 wrong-role", "runner, POST, /plugins, 403 wrong-role", "runner, POST, /plugins/x/disable, 403 wrong-role", "operator, DELETE, /plugins/x, 409 plugins-refused",
        "operator, POST, /plugins, 403 no-uploads", "operator, DELETE, /runs/x, 404 no-such-run", "operator, PUT, /runs, 405 wrong-method"})
    void aRoleMayWhatItMay(String role, String method, String path, String expected) throws Exception {
        HttpResponse<String> answer = served.as(role, method, API + path, method.equals("POST") ? "{}" : "");
        assertEquals(expected, answer.statusCode() < 400 ? String.valueOf(answer.statusCode()) : code(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "127.0.0.1@evil.example", ""})
    void anotherHostIsNotThisOne(String host) throws Exception {
        String answer = served.raw("GET /ready HTTP/1.1", "Host: " + host, "Connection: close");
        assertTrue(List.of("421", "400").contains(status(answer)), answer);
        assertFalse(answer.contains("ready\n"), answer);
    }

    @Test
    void thisHostHasThreeNames() throws Exception {
        for (String host : List.of("127.0.0.1", "localhost", "[::1]")) assertEquals("200", status(served.raw("GET /ready HTTP/1.1", "Host: " + host + ":" + served.address().getPort(), "Connection: close")), host);
    }

    private String cookie(String role) throws Exception {
        String origin = origin();
        HttpResponse<String> answer = served.send("POST", "/login", "token=" + served.token(role), "Content-Type", "application/x-www-form-urlencoded", "Origin", origin);
        assertEquals(303, answer.statusCode());
        String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), cookie);
        assertFalse(cookie.contains(served.token(role)), "the token itself");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private String origin() {
        return "http://127.0.0.1:" + served.address().getPort();
    }

    @Test
    void anotherSiteMayChangeNothing() throws Exception {
        String cookie = cookie("operator");
        String path = API + "/runs/x/stop";
        assertEquals("404 no-such-run", code(served.send("POST", path, "", "Cookie", cookie, "Origin", origin())));
        assertEquals("404 no-such-run", code(served.send("POST", path, "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin")));
        for (String foreign : List.of("http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:" + served.address().getPort(), "http://localhost:" + served.address().getPort())) {
            assertEquals("403 wrong-origin", code(served.send("POST", path, "", "Cookie", cookie, "Origin", foreign)), foreign);
            assertEquals("403 wrong-origin", code(served.send("DELETE", API + "/runs/x", "", "Authorization", "Bearer " + served.token("operator"), "Origin", foreign)), foreign);
        }
        assertEquals("403 wrong-origin", code(served.send("POST", path, "", "Cookie", cookie, "Sec-Fetch-Site", "cross-site")));
        assertEquals("403 wrong-origin", code(served.send("POST", path, "", "Cookie", cookie, "Sec-Fetch-Site", "same-site")));
        assertEquals("403 no-origin", code(served.send("POST", path, "", "Cookie", cookie)));
        assertEquals(403, served.send("POST", "/login", "token=" + served.token("viewer"), "Content-Type", "application/x-www-form-urlencoded", "Origin", "http://evil.example").statusCode());
    }

    @Test
    void aSessionEndsWithItsLogout() throws Exception {
        String cookie = cookie("viewer");
        assertEquals(200, served.send("GET", API + "/me", "", "Cookie", cookie).statusCode());
        assertEquals("403 wrong-role", code(served.send("DELETE", API + "/runs/x", "", "Cookie", cookie, "Origin", origin())));
        assertEquals(303, served.send("POST", "/logout", "", "Cookie", cookie, "Origin", origin()).statusCode());
        assertEquals("401 no-token", code(served.send("GET", API + "/me", "", "Cookie", cookie)));
        assertEquals("401 no-token", code(served.send("GET", API + "/me", "", "Cookie", cookie.substring(0, cookie.indexOf('=')) + "=made-up")));
    }

    @Test
    void aWrongTokenDoesNotLogInAndNobodyIsSentElsewhere() throws Exception {
        HttpResponse<String> wrong = served.send("POST", "/login", "token=wrong&next=" + SCRIPT, "Content-Type", "application/x-www-form-urlencoded", "Origin", origin());
        assertEquals(403, wrong.statusCode());
        assertTrue(wrong.headers().firstValue("Set-Cookie").isEmpty());
        assertFalse(wrong.body().contains(SCRIPT), wrong.body());
        for (String next : List.of("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX: y"))
            assertEquals("/", served.send("POST", "/login", "token=" + served.token("viewer") + "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8), "Content-Type", "application/x-www-form-urlencoded", "Origin", origin())
                    .headers().firstValue("Location").orElse(""), next);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/v1/runs/..%2f..%2ftokens", "/api/v1/runs/../../tokens", "/api/v1/runs/%2e%2e/log", "/api/v1/runs/..%2ftokens/recipe", "/api/v1/runs/%2Fetc%2Fpasswd/recipe", "/api/v1/runs/.%00/recipe",
        "/api/v1/recipes/..%2F..%2Fetc%2Flogging.properties", "/api/v1/recipes/..%5C..%5CNOTICE", "/static/../tokens", "/static/%2e%2e/%2e%2e/%2e%2e/META-INF/MANIFEST.MF", "/static/..%2fServeCommand.class",
        "/static//etc/passwd", "/static/js/core.js;x", "/static/js//core.js", "/static/js/../js/core.js", "/api/v1//runs", "/%zz", "/a%00b", "/a%0ab", "/a\\b", "/%c0%ae%c0%ae/tokens", "/static/..;/..;/tokens", "//etc/passwd", "/api/v1/../../static/../tokens"})
    void noPathLeadsOutOfItsFolder(String path) throws Exception {
        String answer = served.raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1", "Authorization: Bearer " + served.token("operator"), "Connection: close");
        assertTrue(List.of("400", "404").contains(status(answer)), path + ": " + answer);
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("jetty"), answer);
        // what the server itself cannot read never comes to the guard
        if (answer.contains("Content-Security-Policy")) assertTrue(answer.contains("{\"error\":{\"status\":") || answer.contains("No such page"), answer);
        for (String inside : List.of(served.token("viewer"), "root:", "Bundle-SymbolicName", "ConsoleHandler")) assertFalse(answer.contains(inside), path + ": " + answer);
    }

    /** A browser must not mix the scripts of one release with the pages of another. */
    @Test
    void aBrowserAsksWhetherItsScriptsAreStillRight() throws Exception {
        HttpResponse<String> script = served.send("GET", "/static/js/core.js", "");
        assertEquals(200, script.statusCode());
        assertEquals("text/javascript;charset=utf-8", script.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-cache", script.headers().firstValue("Cache-Control").orElse(""));
        String tag = script.headers().firstValue("ETag").orElse("");
        HttpResponse<String> again = served.send("GET", "/static/js/core.js", "", "If-None-Match", tag);
        assertEquals("304 ", again.statusCode() + " " + again.body());
        assertEquals(200, served.send("GET", "/static/css/console.css", "", "If-None-Match", tag).statusCode());
        for (String none : List.of("/static/", "/static/js", "/static/js/", "/static/ServeCommand.class")) assertEquals("404 not-found", code(served.send("GET", none, "")), none);
    }

    @Test
    void everyErrorHasOneShape() throws Exception {
        assertEquals("404 not-found", code(served.send("GET", "/static/nothing", "")));
        for (String path : List.of("/", "/ready", "/nowhere")) assertEquals("405 wrong-method", code(served.as("viewer", "POST", path, "x")), path);
        assertEquals("405 wrong-method", code(served.as("viewer", "DELETE", "/static/js/core.js", "")));
        assertEquals("400 wrong-path", code(served.as("viewer", "GET", "/static/js//core.js", "")));
        assertEquals("400 wrong-path", code(served.send("GET", "/api/v1//runs", "")));
        String trace = served.raw("TRACE / HTTP/1.1", "Host: 127.0.0.1", "Cookie: secret", "Connection: close");
        assertTrue(status(trace).equals("405") && !trace.contains("secret"), trace);
    }

    @Test
    void whatIsAskedInTheWrongWayIsToldWhichOneIsRight() throws Exception {
        String reading = "GET, HEAD, OPTIONS";
        Map<String, String> allowed = Map.of("/", reading, "/runs/none", reading, "/nowhere", reading, "/ready", reading, "/static/js/core.js", reading, "/login", "GET, HEAD, POST, OPTIONS", "/api/v1/runs", "GET, POST");
        for (String path : allowed.keySet())
            for (String method : List.of("PUT", "PATCH", "BREW")) {
                HttpResponse<String> answer = served.as("viewer", method, path, "");
                assertEquals("405 wrong-method", code(answer), method + " " + path);
                assertEquals(allowed.get(path), answer.headers().firstValue("Allow").orElse(""), method + " " + path);
            }
        HttpResponse<String> options = served.as("viewer", "OPTIONS", "/login", "");
        assertEquals("200 GET, HEAD, POST, OPTIONS", options.statusCode() + " " + options.headers().firstValue("Allow").orElse(""));
        assertTrue(served.raw("TRACE / HTTP/1.1", "Host: 127.0.0.1", "Connection: close").contains("Allow: GET, HEAD"));
    }

    @Test
    void tooLargeOrMalformedBodiesAreRefused() throws Exception {
        String runs = API + "/runs";
        assertEquals("413 too-large", code(served.as("runner", "POST", runs, "{\"recipe\": \"" + "x".repeat(1 << 20) + "\"}")));
        for (String body : List.of("{", "[]", "nonsense", "{}", "{\"recipe\": 1, \"recipe\": {}}", "{\"recipe\": [\"x\"]}", "{\"recipe\": \"x\", \"evil\": 1}", "{\"recipe\": \"x\", \"overrides\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}"))
            assertEquals("400 wrong-body", code(served.as("runner", "POST", runs, body)), body.substring(0, Math.min(40, body.length())));
        assertEquals("400 wrong-body", code(served.as("runner", "POST", runs, "")));
        assertEquals("422 recipe-mistakes", code(served.as("runner", "POST", runs, "{\"recipe\": \"a: &a [*a]\\nb: [\"}")));
        String long_ = served.raw("GET /" + "x".repeat(100_000) + " HTTP/1.1", "Host: 127.0.0.1", "Connection: close");
        assertTrue(List.of("414", "431", "400").contains(status(long_)), long_);
        assertEquals("400 wrong-query", code(served.as("viewer", "GET", runs + "?limit=-1", "")));
        assertEquals(200, served.send("GET", "/ready", "").statusCode(), "it goes on");
    }

    @Test
    void longPathsAreAnsweredAsShortOnesAre() throws Exception {
        assertEquals("302", status(served.raw("GET /" + "a".repeat(8000) + " HTTP/1.1", "Host: 127.0.0.1", "Connection: close")));
        assertEquals("404", status(served.raw("GET /static" + "/a".repeat(4000) + " HTTP/1.1", "Host: 127.0.0.1", "Connection: close")));
        assertEquals("404 no-such-run", code(served.as("viewer", "GET", API + "/runs/" + "a%20".repeat(2000), "")));
    }

    @Test
    void aFormThatCannotBeReadIsRefused() throws Exception {
        for (String form : List.of("token=%zz", "token=" + "x".repeat(300_000)))
            assertEquals("400 wrong-form", code(served.send("POST", "/login", form, "Content-Type", "application/x-www-form-urlencoded", "Origin", origin())), form.substring(0, 9));
    }

    /** A client keeps its connection for what it asks next, unless it is told not to. */
    @Test
    void aRefusedBodyClosesNoConnectionUnsaid() throws Exception {
        String head = "POST " + API + "/runs HTTP/1.1", host = "Host: 127.0.0.1", viewer = "Authorization: Bearer " + served.token("viewer");
        for (String answer : List.of(served.raw(head, host, "Content-Length: 2"), served.raw(head, host, viewer, "Content-Length: 100000"), served.raw(head, host, viewer, "Transfer-Encoding: chunked")))
            assertTrue(answer.contains("Connection: close") && List.of("401", "403").contains(status(answer)), answer);
        String both = served.raw(head, host, viewer, "Content-Length: 2", "", "{}GET /ready HTTP/1.1", host, "Connection: close");
        assertTrue(status(both).equals("403") && both.contains("HTTP/1.1 200"), both);
    }

    @Test
    void aRecipeOfScriptsComesBackAsText() throws Exception {
        String recipe = "recipe: '" + SCRIPT + "'\ntitle: '" + SCRIPT + "'\ncorpus: { use: jsonl, with: { root: '" + SCRIPT + "' } }\nencoder: { use: cnn }\n"
                + "stages: { train: { use: train, with: { split: '" + SCRIPT + "', objectives: [ { use: cross-entropy } ], epochs: 1 } } }\n";
        HttpResponse<String> started = served.as("runner", "POST", API + "/runs", new Gson().toJson(Map.of("recipe", recipe)));
        assertEquals(201, started.statusCode(), started.body());
        String id = JsonParser.parseString(started.body()).getAsJsonObject().get("id").getAsString();
        assertFalse(id.contains("<"), id);
        HttpResponse<String> run = served.as("viewer", "GET", API + "/runs/" + id, "");
        assertEquals("application/json", run.headers().firstValue("Content-Type").orElse(""));
        assertEquals("nosniff", run.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(SCRIPT, JsonParser.parseString(run.body()).getAsJsonObject().get("title").getAsString());
        for (String page : List.of("/", "/runs/" + id, "/runs/" + SCRIPT.replace("<", "%3C").replace(">", "%3E"), "/new?run=" + id, "/compare?runs=" + id)) {
            HttpResponse<String> answer = served.as("viewer", "GET", page, "");
            assertFalse(answer.body().contains(SCRIPT), page + ": " + answer.body());
        }
        HttpResponse<String> mistakes = served.as("runner", "POST", API + "/runs", new Gson().toJson(Map.of("recipe", recipe.replace("use: cnn", "use: '" + SCRIPT + "'"))));
        assertEquals("422 recipe-mistakes", code(mistakes));
        assertEquals("application/json", mistakes.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void everyAnswerForbidsForeignScripts() throws Exception {
        for (String path : List.of("/ready", "/login", "/static/console.css", "/static/nothing", "/nothing", "/", API + "/runs", API + "/nothing"))
            for (HttpResponse<String> answer : List.of(served.send("GET", path, ""), served.as("viewer", "GET", path, ""))) {
                String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
                assertTrue(policy.contains("default-src 'self'") && !policy.contains("unsafe"), path + ": " + policy);
                assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""), path);
                assertTrue(answer.headers().firstValue("Server").isEmpty(), path);
            }
    }
}
