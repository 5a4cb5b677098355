package relata.runs;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import relata.api.run.RunStatus;

/**
 * A run's {@code status.json}: how it stands, since when, and how many seconds it was worked on before that. What its methods cannot do they say by
 * {@link java.io.UncheckedIOException}, with a message for people.
 */
final class StatusFile {
    private static final String NAME = "status.json";
    /** Some thirty years: what says more is damaged. */
    private static final double MOST_SECONDS = 1e9;
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final Path run;
    private final Clock clock;

    /** @param run the run's folder */
    StatusFile(Path run, Clock clock) {
        this.run = run;
        this.clock = clock;
    }

    RunStatus status() {
        Map<String, Object> json = read();
        return dead(json) ? RunStatus.STOPPED : said(json);
    }

    String error() {
        return read().get("error") instanceof String error ? error : "";
    }

    Instant created() {
        return time(read(), "created");
    }

    /** Since when the run stands as it does. */
    Instant changed() {
        Map<String, Object> json = read();
        return dead(json) ? lastSign(json) : time(json, "changed");
    }

    Duration worked() {
        Map<String, Object> json = read();
        if (said(json) != RunStatus.RUNNING) return before(json);
        return before(json).plus(between(time(json, "changed"), dead(json) ? lastSign(json) : clock.instant()));
    }

    /** Notes a status, since now. */
    void write(RunStatus status, String error) {
        write(status, error, clock.instant(), worked());
    }

    /** Notes when a process died that worked on the run, before anything that it wrote is touched. The lock is held, by this process. */
    void settle() {
        Map<String, Object> json = read();
        if (said(json) != RunStatus.RUNNING) return;
        Instant end = lastSign(json);
        write(RunStatus.STOPPED, "", end, before(json).plus(between(time(json, "changed"), end)));
    }

    /** The first status of a new run. */
    void begin(Instant created) throws IOException {
        WholeFile.write(run.resolve(NAME), text(RunStatus.STOPPED, "", created, created, Duration.ZERO));
    }

    private void write(RunStatus status, String error, Instant changed, Duration worked) {
        try {
            WholeFile.write(run.resolve(NAME), text(status, error, created(), changed, worked));
        } catch (IOException e) {
            throw Trouble.unchecked("cannot write", run.resolve(NAME), e);
        }
    }

    private static String text(RunStatus status, String error, Instant created, Instant changed, Duration worked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status.name().toLowerCase(Locale.ROOT));
        json.put("error", error);
        json.put("created", created.toString());
        json.put("changed", changed.toString());
        json.put("worked", worked.toMillis() / 1000.0);
        return GSON.toJson(json) + "\n";
    }

    private static RunStatus said(Map<String, Object> json) {
        try {
            return RunStatus.valueOf(String.valueOf(json.get("status")).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return RunStatus.STOPPED;
        }
    }

    /** True if the process that worked on the run is gone, and did not get to say so. */
    private boolean dead(Map<String, Object> json) {
        try {
            return said(json) == RunStatus.RUNNING && !RunLock.isHeld(RunLock.ofRun(run));
        } catch (IOException e) {
            throw Trouble.unchecked("cannot tell whether somebody works on", run, e);
        }
    }

    /** How long it was worked on before it stood as it does now. Of older versions only the whole time is known, with what it stood still. */
    private Duration before(Map<String, Object> json) {
        if (json.get("worked") instanceof Number seconds) return Duration.ofMillis(Math.round(Math.max(0, Math.min(MOST_SECONDS, seconds.doubleValue())) * 1000));
        return between(time(json, "created"), time(json, "changed"));
    }

    /** None if a clock was set back. */
    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }

    /** When the process that is gone wrote its last line. */
    private Instant lastSign(Map<String, Object> json) {
        Instant begun = time(json, "changed"), now = clock.instant(), last = begun;
        for (String file : List.of(DiskFolder.METRICS, DiskFolder.LOG)) {
            try {
                Instant written = Files.getLastModifiedTime(run.resolve(file)).toInstant();
                if (written.isAfter(last) && !written.isAfter(now)) last = written;
            } catch (IOException e) {
                // it had not begun to write it
            }
        }
        return last;
    }

    private Instant time(Map<String, Object> json, String entry) {
        try {
            if (json.get(entry) instanceof String time) return Instant.parse(time);
        } catch (DateTimeException e) {
            // then what the name says has to do
        }
        return FolderRuns.time(run.getFileName().toString(), clock.getZone());
    }

    private Map<String, Object> read() {
        Path file = run.resolve(NAME);
        if (!Files.exists(file)) return Map.of();
        try {
            Map<String, Object> json = GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), new TypeToken<LinkedHashMap<String, Object>>() {}.getType());
            return json == null ? damaged() : json;
        } catch (JsonParseException e) {
            return damaged();
        } catch (IOException e) {
            throw Trouble.unchecked("cannot read", file, e);
        }
    }

    private Map<String, Object> damaged() {
        return Map.of("status", "stopped", "error", run.resolve(NAME) + " is damaged; the run can be resumed.");
    }
}
