package relata.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import relata.console.rest.Role;

/** Knows who may come in, once {@code relata serve} has opened it. */
@Component(service = Gate.class)
public final class Gate {
    private static final String BEARER = "Bearer ";

    private static final int WRONG_AT_ONCE = 20;

    private final Sessions sessions = new Sessions(Clock.systemUTC());
    private final RateLimit wrong = new RateLimit(WRONG_AT_ONCE, 1, System::nanoTime);
    private volatile Tokens tokens = new Tokens(Path.of(""), Map.of(), false);

    /** Lets in who has one of these. */
    void open(Tokens those) {
        tokens = those;
    }

    /** The role of a token that somebody types in; empty if it is wrong. */
    Optional<Role> role(String token) {
        return tokens.role(token.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Counts one more wrong token; false if there were so many that whoever sends them should wait. */
    boolean mayTryAgain() {
        return wrong.pass();
    }

    /** The role by the header {@code Authorization}; empty if there is none or it is wrong. */
    Optional<Role> byToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? role(header.substring(BEARER.length())) : Optional.empty();
    }

    /** The role by the cookie of the login page; empty if there is none or its session is over. */
    Optional<Role> byCookie(HttpServletRequest request) {
        String id = session(request);
        return id == null ? Optional.empty() : sessions.role(id);
    }

    /** Begins a session, and returns the header that sets its cookie. */
    String begin(HttpServletRequest request, Role role) {
        return cookie(request) + "=" + sessions.begin(role) + "; Path=/; HttpOnly; SameSite=Strict" + (request.isSecure() ? "; Secure" : "");
    }

    /** Ends the session of a request, and returns the header that deletes its cookie. */
    String end(HttpServletRequest request) {
        String id = session(request);
        if (id != null) sessions.end(id);
        return cookie(request) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }

    private static @Nullable String session(HttpServletRequest request) {
        if (request.getCookies() != null)
            for (Cookie cookie : request.getCookies()) if (cookie.getName().equals(cookie(request))) return cookie.getValue();
        return null;
    }

    /** Browsers do not keep cookies of different ports apart. */
    private static String cookie(HttpServletRequest request) {
        return "relata-" + request.getServerPort();
    }
}
