package relata.console.remote;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import relata.api.plugin.PluginException;
import relata.api.run.Mistake;
import relata.api.run.RecipeException;
import relata.console.Tokens;

/** A running {@code relata serve}, as a client sees it. */
final class Server {
    private static final String PATH = "/api/v1";
    private static final String JSON = "application/json";
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final URI address;
    private final String token;

    private Server(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The one that {@code --connect} names; the token is that of the variable {@code RELATA_TOKEN}, or on this machine the strongest of the user's own file. */
    static Server of(CommandSpec spec) throws IOException {
        String url = Objects.toString(spec.root().findOption("--connect").getValue(), "");
        return of(url, System.getenv("RELATA_TOKEN"), Tokens::strongest);
    }

    /** Where a token is kept. */
    interface Kept {
        /** The token. */
        String token() throws IOException;
    }

    /** @param given the token, if there is one @param own the user's own, which goes to no other machine */
    static Server of(String url, @Nullable String given, Kept own) throws IOException {
        if (!url.matches("https?://[^/?#]+/?")) throw new IOException("--connect was '" + url + "' but must be the address that 'relata serve' prints, e.g. http://127.0.0.1:8181");
        URI address = URI.create(url);
        if (given != null && !given.isBlank()) return new Server(address, given.strip());
        if (address.getHost() == null || !HERE.contains(address.getHost().toLowerCase(Locale.ROOT)))
            throw new IOException("no token for " + url + ": set RELATA_TOKEN to one of that server's. The tokens of your own file are only sent to this machine: 127.0.0.1, localhost or [::1].");
        return new Server(address, own.token());
    }

    /** Where it is, as {@code --connect} takes it. */
    URI address() {
        return address;
    }

    /** A part of a path. */
    static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonObject get(String path) throws IOException, RecipeException, PluginException {
        return JsonParser.parseString(text(path)).getAsJsonObject();
    }

    /** An answer as it is. */
    String text(String path) throws IOException, RecipeException, PluginException {
        try (InputStream in = open("GET", path, "", InputStream.nullInputStream(), false, "")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sends a record as JSON. */
    JsonObject post(String path, Object body) throws IOException, RecipeException, PluginException {
        return answer(open("POST", path, JSON, new ByteArrayInputStream(new Gson().toJson(body).getBytes(StandardCharsets.UTF_8)), false, ""));
    }

    /** Sends a body as it is, however long. @return an empty object if nothing comes back */
    JsonObject send(String method, String path, String type, InputStream body) throws IOException, RecipeException, PluginException {
        return answer(open(method, path, type, body, true, ""));
    }

    private static JsonObject answer(InputStream from) throws IOException {
        try (InputStream in = from) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return answer.isEmpty() ? new JsonObject() : JsonParser.parseString(answer).getAsJsonObject();
        }
    }

    /** What happens in a run, as server-sent events. @param from the beginning on; false: from now on */
    InputStream events(String run, boolean from) throws IOException, RecipeException, PluginException {
        return open("GET", "/runs/" + word(run) + "/events", "", InputStream.nullInputStream(), false, from ? "0" : "");
    }

    /** The answer as it comes. @param type of the body; empty if there is none @param stream true: the body is not kept in memory @param last the id of the last event that was seen, or empty */
    private InputStream open(String method, String path, String type, InputStream body, boolean stream, String last) throws IOException, RecipeException, PluginException {
        HttpURLConnection connection = (HttpURLConnection) address.resolve(PATH + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        if (!last.isEmpty()) connection.setRequestProperty("Last-Event-ID", last);
        try {
            if (!type.isEmpty()) {
                connection.setRequestProperty("Content-Type", type);
                connection.setDoOutput(true);
                // what is streamed cannot be sent again, and then the words of status 401 are lost
                if (stream) connection.setChunkedStreamingMode(0);
                try (OutputStream out = connection.getOutputStream()) {
                    body.transferTo(out);
                }
            }
            if (connection.getResponseCode() < 400) return connection.getInputStream();
        } catch (ConnectException e) {
            throw new IOException("no server answers at " + address + ". Start one with 'relata serve'.", e);
        }
        try (InputStream in = connection.getErrorStream()) {
            refused(in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8), connection.getResponseCode());
        }
        throw new IllegalStateException();
    }

    private void refused(String answer, int status) throws IOException, RecipeException, PluginException {
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED && answer.isBlank()) throw new IOException("the token is not one of those that are valid at " + address + ". Set RELATA_TOKEN to one of that server's.");
        JsonObject error;
        try {
            error = JsonParser.parseString(answer).getAsJsonObject().getAsJsonObject("error");
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(address + " answered with status " + status + ", but not as Relata does. Is the address right?", e);
        }
        List<String> details = new ArrayList<>();
        for (JsonElement detail : error.getAsJsonArray("details")) details.add(detail.getAsString());
        List<Mistake> mistakes = new ArrayList<>();
        for (JsonElement mistake : error.getAsJsonArray("mistakes")) mistakes.add(new Gson().fromJson(mistake, Mistake.class));
        if (!mistakes.isEmpty()) throw new RecipeException("the recipe", mistakes);
        if (error.get("code").getAsString().equals("plugins-refused") && !details.isEmpty()) throw new PluginException(details);
        throw new IOException(error.get("message").getAsString() + (details.isEmpty() ? "" : " " + String.join(", ", details)));
    }
}
