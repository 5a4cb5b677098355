package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import relata.console.rest.Role;

class SessionsTest {
    private static final class Hands extends Clock {
        Instant now = Instant.EPOCH;

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
    }

    private final Hands clock = new Hands();
    private final Sessions sessions = new Sessions(clock);

    @Test
    void aSessionKeepsItsRoleUntilItEnds() {
        String viewer = sessions.begin(Role.VIEWER);
        String operator = sessions.begin(Role.OPERATOR);
        assertEquals(Optional.of(Role.VIEWER), sessions.role(viewer));
        assertEquals(Optional.of(Role.OPERATOR), sessions.role(operator));
        sessions.end(operator);
        assertEquals(Optional.empty(), sessions.role(operator));
        clock.now = clock.now.plus(Duration.ofHours(12)).minusSeconds(1);
        assertEquals(Optional.of(Role.VIEWER), sessions.role(viewer));
        clock.now = clock.now.plusSeconds(1);
        assertEquals(Optional.empty(), sessions.role(viewer));
        assertEquals(Optional.empty(), sessions.role("made up"));
    }

    @Test
    void theOldestSessionsGiveWayToNewOnes() {
        String first = sessions.begin(Role.RUNNER);
        String second = sessions.begin(Role.RUNNER);
        for (int i = 0; i < 999; i++) sessions.begin(Role.VIEWER);
        assertEquals(Optional.empty(), sessions.role(first));
        assertEquals(Optional.of(Role.RUNNER), sessions.role(second));
    }

    @Test
    void aLimitLetsSoManyThroughAndSoManyMoreEachSecond() {
        AtomicLong nanos = new AtomicLong();
        RateLimit limit = new RateLimit(3, 2, nanos::get);
        for (int i = 0; i < 3; i++) assertTrue(limit.pass());
        assertFalse(limit.pass());
        nanos.addAndGet(500_000_000L);
        assertTrue(limit.pass());
        assertFalse(limit.pass());
        nanos.addAndGet(3600_000_000_000L);
        for (int i = 0; i < 3; i++) assertTrue(limit.pass());
        assertFalse(limit.pass(), "an hour of silence lets no more through at once");
    }
}
