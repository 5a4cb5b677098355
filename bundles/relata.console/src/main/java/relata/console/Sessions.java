package relata.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import relata.console.rest.Role;

/** Who has logged in by a browser. Ends with the process, at the latest after half a day. */
final class Sessions {
    private static final Duration LENGTH = Duration.ofHours(12);
    private static final int MOST = 1000;

    private record Session(Role role, Instant ends) {}

    private final Clock clock;
    private final SecureRandom chance = new SecureRandom();
    private final Map<String, Session> open = new LinkedHashMap<>();

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** Begins a session; returns its id. */
    synchronized String begin(Role role) {
        byte[] bytes = new byte[24];
        chance.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        if (open.size() >= MOST) open.remove(open.keySet().iterator().next());
        open.put(id, new Session(role, clock.instant().plus(LENGTH)));
        return id;
    }

    /** The role of a session that goes on. */
    synchronized Optional<Role> role(String id) {
        Session session = open.get(id);
        if (session != null && clock.instant().isBefore(session.ends())) return Optional.of(session.role());
        open.remove(id);
        return Optional.empty();
    }

    /** Ends a session. */
    synchronized void end(String id) {
        open.remove(id);
    }
}
