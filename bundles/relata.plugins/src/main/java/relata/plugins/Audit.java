package relata.plugins;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.plugins.State.Snapshot;

/**
 * Writes down who did what to the plug-ins, when, and what came of it. A change is written down before it is made, so that none is made that is not: a line that {@code begins} a change
 * without one that says how it ended is of a process that was ended in between.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    private final Store store;

    Audit(Store store) {
        this.store = store;
    }

    /** @param now false: it counts from the next start. @throws IOException if it cannot be written: then there must be no change */
    void begins(String action, List<String> what, boolean now, Snapshot after) throws IOException {
        Map<String, Object> line = line("begins", action, what);
        line.put("generation", after.generation());
        if (!now) line.put("restart", true);
        line.put("plugins", after.entries().stream().map(e -> Map.of("name", e.name(), "version", e.version(), "sha256", e.sha256(), "enabled", e.enabled())).toList());
        try {
            store.audit(gson.toJson(line));
        } catch (IOException e) {
            throw new IOException("the audit log cannot be written: " + Store.words(e), e);
        }
    }

    void done(String action, List<String> what, Snapshot after) {
        Map<String, Object> line = line("done", action, what);
        line.put("generation", after.generation());
        append(line);
    }

    void failed(String action, List<String> what, Snapshot after, Throwable problem) {
        Map<String, Object> line = line("failed", action, what);
        line.put("generation", after.generation());
        line.put("problems", List.of(String.valueOf(problem.getMessage())));
        append(line);
    }

    void refused(String action, List<String> what, Map<String, String> hashes, List<String> problems) {
        Map<String, Object> line = line("refused", action, what);
        line.put("sha256", hashes);
        line.put("problems", problems);
        append(line);
    }

    /** A log that cannot be written does not hide why something was refused. */
    private void append(Map<String, Object> line) {
        try {
            store.audit(gson.toJson(line));
        } catch (IOException e) {
            LOG.warn("the audit log of plug-ins cannot be written: {}", Store.words(e));
        }
    }

    private static Map<String, Object> line(String outcome, String action, List<String> what) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().toString());
        line.put("user", user());
        line.put("process", ProcessHandle.current().pid());
        line.put("action", action);
        line.put("what", what);
        line.put("outcome", outcome);
        return line;
    }

    /** As the system knows the process: the property {@code user.name} is whatever the caller says it is. */
    private static String user() {
        return ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name") + " (by its own account)");
    }
}
