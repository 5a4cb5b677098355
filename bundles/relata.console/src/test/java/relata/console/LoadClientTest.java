package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client of the load test, over real HTTP. */
@Timeout(60)
class LoadClientTest {
    private static final String ANSWERS = """
            {"answers": [
              {"sentence": {"tokens": ["a", "binds", "b"], "head": [[0, 1]], "tail": [[2, 3]]}},
              {"sentence": {"tokens": ["a", "b"], "head": [[0, 2]], "tail": [[1, 2]]}},
              {"example": "of a corpus that is gone"}]}""";
    private static final String EVENTS = """
            event: progress
            data: {"run": "r", "stage": "train", "what": "epoch 1 of 2", "done": 3, "total": 8}

            event: said
            data: {"run": "r", "stage": "train", "text": "hello"}

            event: progress
            data: {"run": "r", "stage": "train", "what": "predicts", "done": 512, "total": 600}

            : still there
            event: progress
            data: {"run": "r", "stage": "train", "what": "epoch 2 of 2", "done": 7, "total": 8}

            """;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private LoadClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        client = new LoadClient("http://127.0.0.1:" + server.getAddress().getPort() + "/", "secret");
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(exchange.getRequestMethod() + " " + path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        String text = path.endsWith("/predictions") ? ANSWERS : path.endsWith("/events") ? EVENTS : "{}";
        int status = path.contains("missing") ? 404 : 200;
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (path.endsWith("/events")) end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void questionsAreTheSentencesOfARun() throws Exception {
        assertEquals(List.of("{\"sentences\":[{\"tokens\":[\"a\",\"binds\",\"b\"],\"head\":[0,1],\"tail\":[2,3]}]}"), client.questions("a run", 10), "without entities that overlap");
        assertEquals(List.of("GET /api/v1/runs/a%20run/predictions Bearer secret"), asked);
        assertTrue(assertThrows(IOException.class, () -> client.get("/missing")).getMessage().contains("404"));
    }

    @Test
    void modelsAreAsked() {
        assertEquals(200, client.ask("run.stage", "{}").join());
        assertEquals(404, client.ask("missing", "{}").join());
        assertEquals("POST /api/v1/models/run.stage/predict Bearer secret", asked.get(0));
    }

    @Test
    void eventsAreCountedAndProgressIsNoted() throws Exception {
        CountDownLatch told = new CountDownLatch(4);
        try (LoadClient.Listener listener = client.new Listener("r", told::countDown)) {
            told.await();
            assertEquals(4, listener.events.get());
            assertEquals(7, listener.last().batches(), "the epochs of one stage count on");
        }
    }
}
