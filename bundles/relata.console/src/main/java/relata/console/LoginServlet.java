package relata.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import relata.console.page.LoginPage;
import relata.console.page.PageServlet;
import relata.console.rest.ApiServlet;
import relata.console.rest.Refusal;
import relata.console.rest.Role;

/** Takes a token once, and gives the browser a cookie that no script can read and no other site can send. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({LoginServlet.LOGIN, LoginServlet.LOGOUT})
public final class LoginServlet extends PageServlet {
    static final String LOGIN = "/login";
    static final String LOGOUT = "/logout";
    private static final long serialVersionUID = 1;
    private static final String START = "/";

    private final transient Gate gate;

    /** @param gate knows the tokens */
    @Activate
    public LoginServlet(@Reference Gate gate) {
        super(List.of("GET", "HEAD", "POST", "OPTIONS"));
        this.gate = gate;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            request.getParameterMap();
        } catch (RuntimeException e) {
            // the server's own exception, whose package no bundle sees
            ApiServlet.refuse(new Refusal(400, "wrong-form", "The form cannot be read."), response);
            return;
        }
        super.service(request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        page(response, 200, next(request), false);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals(LOGOUT)) {
            response.setHeader("Set-Cookie", gate.end(request));
            see(response, LOGIN);
            return;
        }
        String token = request.getParameter("token");
        Optional<Role> role = token == null ? Optional.empty() : gate.role(token);
        if (role.isPresent()) {
            response.setHeader("Set-Cookie", gate.begin(request, role.get()));
            see(response, next(request));
        } else page(response, gate.mayTryAgain() ? 403 : 429, next(request), true);
    }

    private static void page(HttpServletResponse response, int status, String next, boolean wrong) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(LoginPage.html(next, wrong));
    }

    /** Only to a page of this console: what follows must not lead elsewhere. */
    private static String next(HttpServletRequest request) {
        return next(request.getParameter("next"));
    }

    static String next(@Nullable String asked) {
        return asked != null && asked.matches("/([\\w.~%-][\\w.~%/-]*)?(\\?[\\w.~%/?&=+,:@!$'()*;-]*)?") && !asked.replaceFirst("\\?.*", "").equals(LOGOUT) ? asked : START;
    }

    /** Where to log in first, to come to a path afterwards. Logging out is not such a path: who wanted to is out already. @param query what stands after the question mark, if anything */
    static String before(String path, @Nullable String query) {
        return path.equals(LOGOUT) ? LOGIN : LOGIN + "?next=" + URLEncoder.encode(query == null ? path : path + "?" + query, StandardCharsets.UTF_8);
    }

    private static void see(HttpServletResponse response, String path) {
        response.setStatus(303);
        response.setHeader("Location", path);
    }
}
