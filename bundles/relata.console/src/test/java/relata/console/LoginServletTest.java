package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoginServletTest {
    @Test
    void whoLogsInComesToThePageThatWasWanted() {
        assertEquals("/login?next=%2Fruns%2Fx", LoginServlet.before("/runs/x", null));
        assertEquals("/runs/x", LoginServlet.next("/runs/x"));
        assertEquals("/login?next=%2Fcompare%3Fruns%3Da%2Cb", LoginServlet.before("/compare", "runs=a,b"));
        for (String page : List.of("/compare?runs=a,b&figure=micro-f1", "/?q=a%20b&status=done", "/new?run=20260101-120000-x")) assertEquals(page, LoginServlet.next(page));
        for (String elsewhere : new String[] {null, "", "//evil.example", "https://evil.example", "//evil.example?x", "/\\evil.example", "/x?a\r\nSet-Cookie: b", "/x?<script>"}) assertEquals("/", LoginServlet.next(elsewhere));
    }

    @Test
    void loggingOutIsNoPageToComeTo() {
        assertEquals("/login", LoginServlet.before("/logout", "x=1"));
        assertEquals("/", LoginServlet.next("/logout"));
        assertEquals("/", LoginServlet.next("/logout?x=1"));
    }
}
