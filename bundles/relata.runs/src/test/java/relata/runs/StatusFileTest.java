package relata.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.runs.FolderRunsTest.at;
import static relata.runs.FolderRunsTest.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;

/** How long a run was worked on. */
class StatusFileTest {
    @TempDir
    Path root;

    final FolderRuns runs = at("2026-03-04T05:06:07Z");

    /** A clock that is set by hand. */
    private static final class SetClock extends Clock {
        Instant now = Instant.parse("2026-01-01T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(long seconds) {
            now = now.plusSeconds(seconds);
        }
    }

    @Test
    void theTimeInWhichARunStoodStillIsNoWork() throws Exception {
        SetClock clock = new SetClock();
        FolderRuns timed = new FolderRuns(clock, "1");
        RunFolder run = timed.create(root, recipe("a"));
        clock.pass(60);
        assertEquals(Duration.ZERO, run.worked(), "it waits");
        try (AutoCloseable lock = run.lock()) {
            run.status(RunStatus.RUNNING, "");
            clock.pass(5);
            assertEquals(Duration.ofSeconds(5), timed.open(root, "last").worked());
            run.status(RunStatus.STOPPED, "");
        }
        clock.pass(3600);
        assertEquals(Duration.ofSeconds(5), run.worked());
        try (AutoCloseable lock = run.lock()) {
            run.status(RunStatus.RUNNING, "");
            clock.pass(7);
            run.status(RunStatus.DONE, "");
        }
        clock.pass(3600);
        assertEquals(Duration.ofSeconds(12), timed.open(root, "last").worked());
        assertEquals(run.created().plusSeconds(60 + 5 + 3600 + 7), run.changed());
    }

    @Test
    void ofAProcessThatDiedWorkCountsUpToItsLastLine() throws Exception {
        SetClock clock = new SetClock();
        FolderRuns timed = new FolderRuns(clock, "1");
        RunFolder run = timed.create(root, recipe("a"));
        AutoCloseable lock = run.lock();
        run.status(RunStatus.RUNNING, "");
        run.log("begins");
        run.metric(Map.of("step", 1));
        Files.writeString(run.path().resolve("metrics.jsonl"), "{\"step\": 2", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(run.path().resolve("log.txt"), FileTime.from(clock.now.plusSeconds(20)));
        Files.setLastModifiedTime(run.path().resolve("metrics.jsonl"), FileTime.from(clock.now.plusSeconds(30)));
        lock.close();
        Instant begun = clock.now;
        clock.pass(3600);
        assertEquals(RunStatus.STOPPED, run.status());
        assertEquals(begun.plusSeconds(30), run.changed());
        assertEquals(Duration.ofSeconds(30), run.worked());
        try (AutoCloseable again = run.lock()) {
            assertEquals(Duration.ofSeconds(30), run.worked(), "the half line was cut off just now");
            run.status(RunStatus.RUNNING, "");
            clock.pass(10);
            run.status(RunStatus.DONE, "");
        }
        assertEquals(Duration.ofSeconds(40), run.worked());
    }

    @Test
    void ofOlderVersionsAllTimeCountsAndOfDamageNone() throws Exception {
        RunFolder run = runs.create(root, recipe("a"));
        String status = "{\"status\": \"%s\", \"error\": \"\", \"created\": \"2026-01-01T10:00:00Z\", \"changed\": \"2026-01-01T10:00:%s\"%s}";
        Files.writeString(run.path().resolve("status.json"), status.formatted("done", "40Z", ""));
        assertEquals(Duration.ofSeconds(40), run.worked());
        Files.writeString(run.path().resolve("status.json"), status.formatted("running", "40Z", ""));
        assertEquals(Duration.ofSeconds(40), run.worked(), "that process wrote nothing");
        for (String wrong : List.of("-1", "NaN", "\"x\"")) {
            Files.writeString(run.path().resolve("status.json"), status.formatted("done", "00Z", ", \"worked\": " + wrong));
            assertEquals(Duration.ZERO, run.worked(), wrong);
        }
        Files.writeString(run.path().resolve("status.json"), status.formatted("done", "00Z", ", \"worked\": 1e300"));
        assertEquals(Duration.ofSeconds(1_000_000_000), run.worked());
    }
}
