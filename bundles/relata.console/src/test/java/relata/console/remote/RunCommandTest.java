package relata.console.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** A group that was stopped goes on: what was told of its run before is that it has stopped, and it is done when it is listened to from now on. */
@Timeout(60)
class RunCommandTest {
    private static final String STOPPED = "event: run\ndata: {\"run\": \"a\", \"status\": \"stopped\"}\n\n";
    private static final String DONE = "event: run\ndata: {\"run\": \"a\", \"status\": \"done\"}\n\n";

    private final StringWriter out = new StringWriter(), err = new StringWriter();
    private String second = "";
    private volatile boolean fresh, done;
    private HttpServer http = null;

    @BeforeEach
    void begin() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/api/v1", this::answer);
        http.start();
    }

    @AfterEach
    void end() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean anew = exchange.getRequestHeaders().containsKey("Last-Event-ID");
        String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
        String run = "{\"id\": \"a\", \"status\": \"" + (done ? "done" : "running") + "\", \"error\": \"\", \"stages\": [], \"headline\": {}}";
        String answer = switch (path) {
            case "/runs/a" -> run;
            case "/runs/b" -> "{\"id\": \"b\", \"status\": \"failed\", \"error\": \"the disk is full\", \"stages\": [], \"headline\": {}}";
            case "/runs/a/events" -> (anew ? STOPPED : "") + DONE;
            case "/groups/group-x", "/groups/group-x/resume" -> "{\"runs\": [{\"set\": {}, \"run\": " + run + "}" + second + "]}";
            case "/compare" -> "{\"percent\": true, \"caption\": \"median\", \"rows\": []}";
            default -> throw new AssertionError(path);
        };
        if (path.equals("/runs/a/events")) fresh = !anew;
        // it still runs when it is asked for first
        if (path.equals("/runs/a")) done = fresh;
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int resume() throws Exception {
        RunCommand command = new RunCommand();
        new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).parseArgs("--resume", "group-x");
        return command.resumeGroup(Server.of(address(), "given", () -> "own"));
    }

    private String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Test
    void howARunOfAGroupEndedBeforeItGoesOnIsNotBelieved() throws Exception {
        assertEquals(0, resume(), err.toString());
        assertFalse(err.toString().contains("stopped"), err.toString());
        assertEquals("a: done\nmedian\n", out.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void runsThatFailedAreNamedAtTheEnd() throws Exception {
        second = ", {\"set\": {\"seed\": \"2\", \"encoder.with.format\": \"mention\"}, \"run\": {\"id\": \"b\", \"status\": \"failed\"}}";
        assertEquals(1, resume());
        assertTrue(err.toString().strip().endsWith("relata: 1 of 2 runs failed: b (seed=2, encoder.with.format=mention). Go on with: relata --connect " + address() + " run --resume group-x"), err.toString());
    }

    @Test
    void aGroupThatLacksARunIsNotDone() throws Exception {
        second = ", {\"set\": {}, \"run\": null}";
        assertEquals(1, resume());
        assertEquals("a: done\n", out.toString().replace(System.lineSeparator(), "\n"));
    }
}
