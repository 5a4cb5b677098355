package relata.console.tests;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
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

/** The distribution's {@code relata serve}, as a process on a free port, with runs, tokens and plug-ins of its own. */
final class Served implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("relata.root"));
    private static final String VERSION = System.getProperty("relata.version");
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final String address;
    private final Map<String, String> tokens;
    private final HttpClient client = HttpClient.newHttpClient();

    private Served(Process process, String address, Map<String, String> tokens) {
        this.process = process;
        this.address = address;
        this.tokens = tokens;
    }

    /** Starts it in a folder, and waits until it says where it is. */
    static Served in(Path folder) throws IOException {
        Path home = ROOT.resolve("distribution/target/relata-" + VERSION);
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/relata").toString(), "serve", "--port", "0", "--runs", folder.resolve("runs").toString(), "--tokens", folder.resolve("tokens").toString(), "--uploads")
                .directory(folder.toFile()).redirectError(folder.resolve("serve.err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("DJL_CACHE_DIR", System.getProperty("DJL_CACHE_DIR"));
        builder.environment().put("RELATA_JVM_OPTS", "-Drelata.plugins=" + folder.resolve("plugins") + " -Drelata.etc=" + folder.resolve("etc"));
        // all but the example, which is installed as a plug-in
        builder.environment().put("RELATA_FEATURES", "core,engine-cpu,text,corenlp,clre,model-minilm,console");
        builder.environment().keySet().removeAll(List.of("RELATA_TIMES", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        List<String> said = new ArrayList<>();
        Map<String, String> tokens = new HashMap<>();
        String address = "";
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.startsWith("Relata is at ")) address = line.substring("Relata is at ".length()).replaceFirst("/$", "");
            String[] words = line.strip().split("\\s+");
            if (line.startsWith("  ") && words.length == 2) tokens.put(words[0], words[1]);
            if (tokens.size() == 3) return new Served(process, address, tokens);
        }
        throw new IOException("relata serve ended: " + said + Files.readString(folder.resolve("serve.err")));
    }

    /** The jar of the plug-in to copy. */
    static Path example() {
        return ROOT.resolve("bundles/relata.example/target/relata.example-" + VERSION + ".jar");
    }

    /** Where it is, without a slash at the end. */
    String address() {
        return address;
    }

    /** The token of a role. */
    String token(String role) {
        String token = tokens.get(role);
        if (token == null) throw new IllegalArgumentException(role + " is none of " + tokens.keySet());
        return token;
    }

    /** What the REST API answers to an operator. */
    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1" + path)).header("Authorization", "Bearer " + token("operator")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Starts a run; returns its id. */
    String start(String recipe) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1/runs")).header("Authorization", "Bearer " + token("operator"))
                .POST(HttpRequest.BodyPublishers.ofString(new Gson().toJson(Map.of("recipe", recipe)))).build();
        return JsonParser.parseString(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).getAsJsonObject().get("id").getAsString();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}
