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
import relata.plugins.State.Entry;

/** Writes down who did what to the plug-ins, when, and what came of it. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    private final Store store;

    Audit(Store store) {
        this.store = store;
    }

    void done(String action, List<String> what, List<Entry> entries, int generation) throws IOException {
        Map<String, Object> line = line(action, what);
        line.put("outcome", "done");
        line.put("generation", generation);
        line.put("plugins", entries.stream().map(e -> Map.of("name", e.name(), "version", e.version(), "sha256", e.sha256(), "enabled", e.enabled())).toList());
        store.audit(gson.toJson(line));
    }

    /** A log that cannot be written does not hide why something was refused. */
    void refused(String action, List<String> what, Map<String, String> hashes, List<String> problems) {
        Map<String, Object> line = line(action, what);
        line.put("outcome", "refused");
        line.put("sha256", hashes);
        line.put("problems", problems);
        try {
            store.audit(gson.toJson(line));
        } catch (IOException e) {
            LOG.warn("the audit log of plug-ins cannot be written: {}", e.getMessage());
        }
    }

    private static Map<String, Object> line(String action, List<String> what) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().toString());
        line.put("user", System.getProperty("user.name"));
        line.put("process", ProcessHandle.current().pid());
        line.put("action", action);
        line.put("what", what);
        return line;
    }
}
