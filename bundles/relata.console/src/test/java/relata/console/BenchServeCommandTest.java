package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class BenchServeCommandTest {
    private static final Map<String, String> ANSWERS = Map.of(
            "/models", "{\"models\": [{\"id\": \"old.train\", \"run\": \"old\"}]}", "/runs/last", "{\"id\": \"old\", \"status\": \"done\"}",
            "/runs/old/predictions", "{\"answers\": [{\"sentence\": {\"tokens\": [\"a\", \"b\"], \"head\": [[0, 1]], \"tail\": [[1, 2]]}}]}");

    @Test
    void aRunThatHasEndedHasNoSpeed(@TempDir Path folder) throws IOException {
        Tokens.of(folder.resolve("tokens"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new ArrayList<>();
        server.createContext("/api/v1", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
            asked.add(path);
            byte[] answer = ANSWERS.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            List<String> said = new ArrayList<>();
            CommandLine line = new CommandLine(new BenchServeCommand()).setExecutionExceptionHandler((e, command, result) -> {
                said.add(String.valueOf(e.getMessage()));
                return 1;
            });
            assertEquals(1, line.execute("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--tokens", folder.resolve("tokens").toString(), "--run", "last"));
            assertEquals(List.of("the run old has no speed that could be measured: it is done. --run needs one that trains."), said);
            assertTrue(asked.stream().noneMatch(p -> p.endsWith("/predict")), asked.toString());
        } finally {
            server.stop(0);
        }
    }
}
