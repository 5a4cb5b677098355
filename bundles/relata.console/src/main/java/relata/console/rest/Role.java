package relata.console.rest;

import jakarta.servlet.ServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody may do; each role includes the one before. */
public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER,
    /** Starts, stops and deletes runs. */
    RUNNER,
    /** Installs, changes and removes plug-ins. */
    OPERATOR;

    private static final String ATTRIBUTE = "relata.role";

    /** The word for it in tokens and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if it includes another. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** Notes on a request who asks. */
    public void on(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Who asks; null on what is open to everybody. */
    public static @Nullable Role of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Role role ? role : null;
    }
}
