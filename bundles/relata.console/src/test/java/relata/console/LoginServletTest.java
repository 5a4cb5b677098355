package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoginServletTest {
    @Test
    void whoLogsInComesToThePageThatWasWanted() {
        assertEquals("/login?next=%2Fruns%2Fx", LoginServlet.before("/runs/x"));
        assertEquals("/runs/x", LoginServlet.next("/runs/x"));
        for (String elsewhere : new String[] {null, "", "//evil.example", "https://evil.example"}) assertEquals("/", LoginServlet.next(elsewhere));
    }

    @Test
    void loggingOutIsNoPageToComeTo() {
        assertEquals("/login", LoginServlet.before("/logout"));
        assertEquals("/", LoginServlet.next("/logout"));
    }
}
