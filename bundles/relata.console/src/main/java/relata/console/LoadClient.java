package relata.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Talks to a server of Relata as programs do. */
final class LoadClient {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final String api;
    private final String token;

    /** @param server its address, e.g. {@code http://127.0.0.1:8181} */
    LoadClient(String server, String token) {
        this.api = server.replaceAll("/+$", "") + "/api/v1";
        this.token = token;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path)).header("Authorization", "Bearer " + token).timeout(PATIENCE);
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a route answers. @throws IOException with the server's words, if that is an error */
    JsonObject get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IOException("GET " + path + " was answered with " + response.statusCode() + ": " + response.body());
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** The status of a question, later. */
    CompletableFuture<Integer> ask(String model, String body) {
        return http.sendAsync(request("/models/" + segment(model) + "/predict").POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** Real sentences that were judged in the run of a model, as bodies of questions. */
    List<String> questions(String run, int most) throws IOException, InterruptedException {
        JsonArray answers = get("/runs/" + segment(run) + "/predictions?limit=" + most).getAsJsonArray("answers");
        List<String> bodies = new ArrayList<>();
        for (JsonElement answer : answers) {
            if (!(answer.getAsJsonObject().get("sentence") instanceof JsonObject shown)) continue;
            JsonArray head = shown.getAsJsonArray("head"), tail = shown.getAsJsonArray("tail");
            if (head.get(0).getAsJsonArray().get(0).getAsInt() < tail.get(0).getAsJsonArray().get(1).getAsInt() && tail.get(0).getAsJsonArray().get(0).getAsInt() < head.get(0).getAsJsonArray().get(1).getAsInt()) continue;
            JsonObject sentence = new JsonObject(), body = new JsonObject();
            sentence.add("tokens", shown.get("tokens"));
            sentence.add("head", head.get(0));
            sentence.add("tail", tail.get(0));
            JsonArray sentences = new JsonArray();
            sentences.add(sentence);
            body.add("sentences", sentences);
            bodies.add(body.toString());
        }
        if (bodies.isEmpty()) throw new IOException("the run " + run + " shows no sentences that could be asked: can its corpus still be read?");
        return bodies;
    }

    /** Listens to what happens in a run. Counts events, and notes how many batches its stages have trained on. */
    final class Listener implements AutoCloseable {
        /** How far the run's stages were at some nanosecond, in batches. */
        record Mark(long nanos, long batches) {}

        final AtomicLong events = new AtomicLong();
        private final CompletableFuture<HttpResponse<Void>> connection;
        private final ConcurrentHashMap<String, Long> done = new ConcurrentHashMap<>();
        private final Runnable told;
        private volatile Mark last = new Mark(0, 0);
        private volatile boolean closed;

        /** @param run empty: all runs @param told called after each event */
        Listener(String run, Runnable told) {
            this.told = told;
            HttpRequest request = HttpRequest.newBuilder(URI.create(api + (run.isEmpty() ? "/events" : "/runs/" + segment(run) + "/events"))).header("Authorization", "Bearer " + token).build();
            connection = http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Lines()));
        }

        /** Batches that the run's stages have done, when it was last told; 0 if it was not. */
        Mark last() {
            return last;
        }

        boolean ended() {
            return connection.isDone();
        }

        @Override
        public void close() {
            closed = true;
            connection.cancel(true);
        }

        private void line(String line) {
            if (!line.startsWith("data:")) return;
            events.incrementAndGet();
            try {
                JsonObject data = JsonParser.parseString(line.substring("data:".length())).getAsJsonObject();
                // batches of all epochs, not the examples on which an epoch is judged
                if (data.has("what") && data.get("what").getAsString().startsWith("epoch ")) {
                    done.put(data.get("stage").getAsString(), data.get("done").getAsLong());
                    last = new Mark(System.nanoTime(), done.values().stream().mapToLong(Long::longValue).sum());
                }
            } catch (JsonParseException | IllegalStateException e) {
                // an event of another shape
            }
            told.run();
        }

        private final class Lines implements Flow.Subscriber<String> {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                if (!closed) line(line);
            }

            @Override
            public void onError(Throwable problem) {
                // the server ended it, or we did
            }

            @Override
            public void onComplete() {
                // likewise
            }
        }
    }

    /** Several listeners. */
    List<Listener> listeners(String run, int number) {
        return Stream.generate(() -> new Listener(run, () -> {})).limit(number).toList();
    }
}
