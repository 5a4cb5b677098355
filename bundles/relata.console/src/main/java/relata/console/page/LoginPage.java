package relata.console.page;

import java.util.Map;

/** The page that asks for a token. */
public final class LoginPage {
    private LoginPage() {}

    /**
     * The page.
     *
     * @param next the path that it leads to
     * @param wrong true if a wrong token was given
     */
    public static String html(String next, boolean wrong) {
        return Templates.page("login", Map.of("title", "Log in", "next", next, "wrong", wrong), null, "");
    }
}
