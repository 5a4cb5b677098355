package relata.runs;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/** A run on disk. What its methods cannot do they say by {@link UncheckedIOException}, with a message for people. */
final class DiskFolder implements RunFolder {
    static final String RECIPE = "recipe.yaml";
    private static final String GROUP = "group.json";
    static final String METRICS = "metrics.jsonl";
    static final String LOG = "log.txt";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();
    private static final Gson PRETTY = GSON.newBuilder().setPrettyPrinting().create();

    private final Path path;
    private final StatusFile standing;
    private final Clock clock;
    private final String version;
    private final LineFile metrics;
    private final LineFile log;

    /** @param version Relata's, for provenance */
    DiskFolder(Path path, Clock clock, String version) {
        this.path = path.toAbsolutePath().normalize();
        this.clock = clock;
        this.version = version;
        this.standing = new StatusFile(this.path, clock);
        this.metrics = new LineFile(this.path.resolve(METRICS));
        this.log = new LineFile(this.path.resolve(LOG));
    }

    @Override
    public String id() {
        return path.getFileName().toString();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Path stage(String stage) {
        Path folder = folder(stage);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw Trouble.unchecked("cannot make", folder, e);
        }
    }

    @Override
    public boolean finished(String stage) {
        return Files.isRegularFile(folder(stage).resolve("done"));
    }

    @Override
    public void finish(String stage) {
        Path folder = stage(stage);
        try {
            // the mark must not outlive a power cut that the result did not outlive
            WholeFile.forceAll(folder);
            WholeFile.write(folder.resolve("done"), clock.instant() + "\n");
        } catch (IOException e) {
            throw Trouble.unchecked("cannot finish", folder, e);
        }
    }

    private Path folder(String stage) {
        boolean valid = !stage.isEmpty() && stage.length() <= 100 && stage.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_');
        if (!valid) throw new IllegalArgumentException("'" + stage + "' is not a name for a stage: use lower-case letters, digits, - and _, at most 100.");
        return path.resolve("stages").resolve(stage);
    }

    @Override
    public String recipe() {
        return read(RECIPE);
    }

    @Override
    public RunStatus status() {
        return standing.status();
    }

    @Override
    public String error() {
        return standing.error();
    }

    @Override
    public void status(RunStatus status, String error) {
        standing.write(status, error);
    }

    @Override
    public Optional<RunGroup> group() {
        if (!Files.exists(path.resolve(GROUP))) return Optional.empty();
        String json = read(GROUP);
        try {
            return Optional.of(GSON.fromJson(json, RunGroup.class));
        } catch (RuntimeException e) {
            // Gson wraps what the record's own checks throw
            String what = path.resolve(GROUP) + " is damaged: nothing tells of which group this run is. Without that file, it is a run by itself.";
            throw new UncheckedIOException(what, new IOException(what, e));
        }
    }

    @Override
    public Instant created() {
        return standing.created();
    }

    @Override
    public Instant changed() {
        return standing.changed();
    }

    @Override
    public Duration worked() {
        return standing.worked();
    }

    /** Group and first status of a new run. */
    void begin(Instant created, Optional<RunGroup> group) throws IOException {
        if (group.isPresent()) WholeFile.write(path.resolve(GROUP), PRETTY.toJson(group.get()) + "\n");
        standing.begin(created);
    }

    @Override
    public AutoCloseable lock() {
        try {
            Path file = RunLock.ofRun(path);
            Optional<RunLock> lock = RunLock.take(file);
            if (lock.isEmpty()) throw new IllegalStateException("run " + id() + " is being worked on by process " + RunLock.holder(file) + ". Stop it first, or wait.");
            try {
                standing.settle();
                metrics.cut();
                log.cut();
            } catch (IOException | RuntimeException e) {
                lock.get().close();
                throw e;
            }
            return lock.get();
        } catch (IOException e) {
            throw Trouble.unchecked("cannot lock", path, e);
        }
    }

    @Override
    public void metric(Map<String, Object> values) {
        // a checkpoint says up to which step the lines are written: they must not be lost where it is not
        append(metrics, GSON.toJson(plain(values)), METRICS, true);
    }

    @Override
    public List<Map<String, Object>> metrics() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String line : metricLines()) all.add(metric(line, all.size() + 1));
        return all;
    }

    @Override
    public void truncateMetrics(String stage, long step) {
        List<String> kept = new ArrayList<>();
        List<String> lines = metricLines();
        for (int i = 0; i < lines.size(); i++) {
            Map<String, Object> values = metric(lines.get(i), i + 1);
            boolean placed = values.get("step") instanceof Number n && n.doubleValue() <= step;
            if (placed || !stage.equals(values.get("stage"))) kept.add(lines.get(i));
        }
        if (kept.size() == lines.size()) return;
        try {
            metrics.replace(kept);
        } catch (IOException e) {
            throw Trouble.unchecked("cannot write", path.resolve(METRICS), e);
        }
    }

    private List<String> metricLines() {
        try {
            return metrics.lines();
        } catch (IOException e) {
            throw Trouble.unchecked("cannot read", path.resolve(METRICS), e);
        }
    }

    private Map<String, Object> metric(String line, int number) {
        try {
            Map<String, Object> values = map(line);
            values.replaceAll((key, value) -> value instanceof String s ? number(s) : value);
            return values;
        } catch (JsonParseException e) {
            String what = path.resolve(METRICS) + " line " + number + " is not a JSON object: it is damaged. Remove the line to read the others.";
            throw new UncheckedIOException(what, new IOException(what, e));
        }
    }

    /** JSON has no word for these numbers, so they are written as texts. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put((String) k, plain(v)));
            return copy;
        }
        if (value instanceof List<?> list) return list.stream().map(DiskFolder::plain).toList();
        return value instanceof Number n && !Double.isFinite(n.doubleValue()) ? value.toString() : value;
    }

    private static Object number(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
            default -> text;
        };
    }

    @Override
    public void log(String line) {
        append(log, line, LOG, false);
    }

    @Override
    public void provenance(Map<String, Object> entries) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("time", clock.instant().toString());
        all.put("relata", version);
        all.putAll(Platform.facts());
        all.putAll(entries);
        write("provenance.json", PRETTY.toJson(plain(all)) + "\n");
    }

    private static Map<String, Object> map(String json) {
        Map<String, Object> map = GSON.fromJson(json, new TypeToken<LinkedHashMap<String, Object>>() {}.getType());
        if (map == null) throw new JsonParseException("empty");
        return map;
    }

    private void append(LineFile file, String line, String name, boolean forced) {
        try {
            file.append(line, forced);
        } catch (IOException e) {
            throw Trouble.unchecked("cannot write", path.resolve(name), e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(path.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Trouble.unchecked("cannot read", path.resolve(name), e);
        }
    }

    private void write(String name, String text) {
        try {
            WholeFile.write(path.resolve(name), text);
        } catch (IOException e) {
            throw Trouble.unchecked("cannot write", path.resolve(name), e);
        }
    }
}
