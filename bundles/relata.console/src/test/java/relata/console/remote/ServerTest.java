package relata.console.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerTest {
    private static final String REFUSED = "{\"error\": {\"status\": 401, \"code\": \"wrong-token\", \"message\": \"The token is wrong.\", \"details\": [], \"mistakes\": []}}";

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> lengths = new ArrayList<>(), tokens = new ArrayList<>();
    private int status = 200;
    private HttpServer http = null;

    @BeforeEach
    void begin() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/api/v1", exchange -> {
            exchange.getRequestBody().readAllBytes();
            lengths.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-length")));
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (status == 401) exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            byte[] answer = answers.getOrDefault(exchange.getRequestURI().toString().substring("/api/v1".length()), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void end() {
        http.stop(0);
    }

    private Server server() throws IOException {
        return Server.of("http://127.0.0.1:" + http.getAddress().getPort(), null, () -> "own");
    }

    @Test
    void theUsersOwnTokenStaysOnThisMachine() throws Exception {
        List<String> asked = new ArrayList<>();
        Server.Kept own = () -> {
            asked.add("own");
            return "own";
        };
        for (String here : List.of("http://127.0.0.1:8181", "http://localhost:8181/", "http://[::1]:8181", "https://LOCALHOST")) Server.of(here, null, own);
        assertEquals(4, asked.size());
        for (String other : List.of("http://example.org:8181", "http://127.0.0.1.example.org", "http://127.0.0.1@example.org", "http://localhost:x@example.org", "http://10.0.0.1:8181", "http://a_b:8181", "http://[::2]"))
            for (String blank : new String[] {null, " "})
                assertTrue(assertThrows(IOException.class, () -> Server.of(other, blank, own), other).getMessage().contains("set RELATA_TOKEN"));
        assertEquals(4, asked.size(), "the file is not even read");
        Server.of("http://example.org:8181", "given", own);
        answers.put("/x", "{}");
        server().get("/x");
        Server.of("http://127.0.0.1:" + http.getAddress().getPort(), " given ", own).get("/x");
        assertEquals(List.of("Bearer own", "Bearer given"), tokens);
    }

    @Test
    void smallBodiesHaveALengthAndLearnWhyTheyAreRefused() throws Exception {
        answers.put("/x", "{\"a\": 1}");
        assertEquals(1, server().post("/x", Map.of()).get("a").getAsInt());
        server().send("POST", "/x", "application/java-archive", new ByteArrayInputStream(new byte[100_000]));
        assertEquals(List.of("2", "null"), lengths, "what is uploaded is not kept in memory");
        status = 401;
        answers.put("/x", REFUSED);
        assertEquals("The token is wrong.", assertThrows(IOException.class, () -> server().post("/x", Map.of())).getMessage());
    }

    @Test
    void anEmptyAnswerOfStatus401IsAWrongToken() {
        status = 401;
        for (String answer : List.of("", REFUSED)) {
            answers.put("/x", answer);
            String said = assertThrows(IOException.class, () -> server().send("POST", "/x", "application/java-archive", new ByteArrayInputStream(new byte[100_000]))).getMessage();
            assertTrue(said.contains("token"), said);
        }
    }

    @Test
    void aRunStandsForItsLastModelThatGivesAnswers() throws Exception {
        String model = "{\"id\": \"%1$s.%2$s\", \"run\": \"%1$s\", \"stage\": \"%2$s\"}";
        answers.put("/runs/last", "{\"id\": \"r\", \"stages\": [{\"name\": \"pretrain\"}, {\"name\": \"warm\"}, {\"name\": \"finetune\"}, {\"name\": \"test\"}]}");
        answers.put("/models?predicts=true", "{\"models\": [" + String.join(", ", model.formatted("other", "test"), model.formatted("r", "finetune"), model.formatted("r", "warm"), model.formatted("old", "test")) + "]}");
        assertEquals("r.finetune", PredictCommand.model(server(), "last"));
        answers.put("/models?predicts=true", "{\"models\": [" + String.join(", ", model.formatted("r", "warm"), model.formatted("r", "finetune")) + "]}");
        assertEquals("r.finetune", PredictCommand.model(server(), "last"));
        assertEquals("r.warm", PredictCommand.model(server(), "r.warm"));
        answers.put("/models?predicts=true", "{\"models\": []}");
        assertEquals("run r has no model that gives answers", assertThrows(IOException.class, () -> PredictCommand.model(server(), "last")).getMessage());
    }
}
