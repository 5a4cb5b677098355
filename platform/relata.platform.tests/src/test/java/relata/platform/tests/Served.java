package relata.platform.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code relata serve} of the assembled distribution, as a process, and a client of it. */
final class Served implements AutoCloseable {
    private static final String AT = "Relata is at ";
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final URI address;
    private final Map<String, String> tokens;
    private final List<String> said;
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private Served(Process process, URI address, Map<String, String> tokens, List<String> said) {
        this.process = process;
        this.address = address;
        this.tokens = tokens;
        this.said = said;
    }

    /** Starts one in a folder, in which are its runs and its tokens, and waits until it answers. */
    static Served start(Path work, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(Tree.home().resolve("bin/relata").toString(), "serve", "--port", "0", "--tokens", "tokens"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectError(work.resolve("serve.err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DJL_CACHE_DIR", System.getProperty("DJL_CACHE_DIR"));
        builder.environment().keySet().removeAll(List.of("RELATA_FEATURES", "RELATA_TIMES", "JAVA_TOOL_OPTIONS"));
        // what is installed here is nobody else's
        builder.environment().put("RELATA_JVM_OPTS", "-Drelata.plugins=" + work.resolve("plugins") + " -Drelata.etc=" + work.resolve("etc"));
        Process process = builder.start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> said = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.startsWith("Tokens are in") || line.startsWith("  operator")) break;
        }
        if (said.isEmpty() || !said.get(0).startsWith(AT)) {
            process.destroyForcibly();
            throw new AssertionError("it does not start: " + said + Files.readString(work.resolve("serve.err")));
        }
        return new Served(process, URI.create(said.get(0).substring(AT.length())), tokens(work.resolve("tokens")), said);
    }

    private static Map<String, String> tokens(Path file) throws IOException {
        Map<String, String> tokens = new HashMap<>();
        for (String line : Files.readAllLines(file)) if (!line.startsWith("#")) tokens.put(line.split("\\s+")[0], line.split("\\s+")[1]);
        return tokens;
    }

    /** What it said when it started. */
    List<String> said() {
        return said;
    }

    URI address() {
        return address;
    }

    /** The token of a role. */
    String token(String role) {
        return tokens.getOrDefault(role, "");
    }

    /** Sends a request. @param headers names and values by turns */
    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path)).method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request with the token of a role. */
    HttpResponse<String> as(String role, String method, String path, String body) throws Exception {
        return send(method, path, body, "Authorization", "Bearer " + token(role));
    }

    /** Sends a file with the token of a role. */
    HttpResponse<String> upload(String role, String path, Path file) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token(role)).POST(HttpRequest.BodyPublishers.ofFile(file)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request with the token of a role; the answer comes line by line, as it is written. */
    HttpResponse<InputStream> stream(String role, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token(role)).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Sends lines as they are, which a well-behaved client would not, and returns all that comes back. */
    String raw(String... lines) throws IOException {
        try (Socket socket = socket(lines)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A connection on which lines were sent. */
    Socket socket(String... lines) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Asks it to end, as Ctrl-C does; returns its exit code. */
    int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("it does not end");
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
