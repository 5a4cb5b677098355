package relata.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.console.rest.ApiServlet;
import relata.console.rest.Refusal;
import relata.console.rest.Role;

/** Stands before every page, file and route, of whatever bundle: lets nobody in who is not known, nor a foreign page that asks in somebody's name. */
@Component(service = Preprocessor.class)
public final class Guard implements Preprocessor {
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** For each role: what the busiest page, or a program that predicts, asks for many times over. */
    private static final int AT_ONCE = 2000;
    private static final int PER_SECOND = 1000;

    /** What a segment of a path that can only be meant in one way does not have. Searched for, as a pattern for the whole would need a stack as deep as the segment is long. */
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\w.~!$&'()*+,=:@%-]|%(?:[01]|2[eEfF]|5[cC]|7[fF]|(?![0-9a-fA-F]{2}))");
    private static final Set<String> DOTS = Set.of(".", "..");
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Gate gate;
    private final Map<Role, RateLimit> limits = new EnumMap<>(Role.class);
    private final RateLimit strangers = new RateLimit(AT_ONCE, PER_SECOND, System::nanoTime);

    /** @param gate knows the tokens */
    @Activate
    public Guard(@Reference Gate gate) {
        this.gate = gate;
        for (Role role : Role.values()) limits.put(role, new RateLimit(AT_ONCE, PER_SECOND, System::nanoTime));
    }

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void destroy() {}

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        HttpServletResponse response = new PlainErrors((HttpServletResponse) answered);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'");
        try {
            place(request);
            plain(request.getRequestURI());
            if (request.getMethod().equals("TRACE")) {
                response.setHeader("Allow", "GET, HEAD");
                throw new Refusal(405, "wrong-method", "TRACE is not answered here.");
            }
            Optional<Role> role = role(request);
            role.ifPresent(r -> r.on(request));
            if (!role.map(limits::get).orElse(strangers).pass()) throw new Refusal(429, "too-many-requests", "That is more than " + PER_SECOND + " requests a second. Ask again later.");
            String path = request.getRequestURI();
            if (role.isPresent() || isOpen(path)) chain.doFilter(request, response);
            else if (isApi(path)) throw new Refusal(401, "no-token", "This needs a token: the header 'Authorization: Bearer TOKEN', with one of those that 'relata serve' made at its first start.");
            else response.sendRedirect(LoginServlet.before(path, request.getQueryString()));
        } catch (Refusal e) {
            ApiServlet.refuse(e, response);
        } catch (RuntimeException | ServletException e) {
            LOG.warn("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            ApiServlet.refuse(new Refusal(500, "failed", ApiServlet.BROKEN), response);
        } catch (IOException e) {
            // a client that left, or a folder that cannot be read
            if (response.isCommitted()) throw e;
            LOG.info("{} {} failed: {}", request.getMethod(), request.getRequestURI(), e.getMessage());
            ApiServlet.refuse(new Refusal(500, "failed", ApiServlet.BROKEN), response);
        }
    }

    /**
     * Refuses a path that could be read in two ways: with empty segments, dots for folders, or slashes, backslashes, dots and control characters in code. The server lets them
     * through to here, for it would answer with a page of its own.
     */
    private static void plain(String path) throws Refusal {
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean empty = segments[i].isEmpty() && i < segments.length - 1;
            if (empty || DOTS.contains(segments[i]) || NOT_PLAIN.matcher(segments[i]).find()) throw new Refusal(400, "wrong-path", "This path is not written plainly: it may be read in more than one way.");
        }
    }

    /** What anybody may see. */
    private static boolean isOpen(String path) {
        return path.equals("/ready") || path.equals("/login") || path.startsWith("/static/") && !path.contains("..");
    }

    private static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** Refuses a host that is not this one, as names of others can be made to lead here, and what a page of another origin wants to change. */
    private static void place(HttpServletRequest request) throws Refusal {
        String host = String.valueOf(request.getHeader("Host"));
        if (!HOSTS.contains(host.replaceFirst(":\\d+$", ""))) throw new Refusal(421, "wrong-host", "This is not the host " + host + ". Use http://127.0.0.1 with the port.");
        if (SAFE.contains(request.getMethod())) return;
        String origin = request.getHeader("Origin"), site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = origin != null ? !origin.equals(request.getScheme() + "://" + host) : site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign) throw new Refusal(403, "wrong-origin", "Only the console's own pages may change something, not those of " + (origin == null ? "another site" : origin) + ".");
    }

    private Optional<Role> role(HttpServletRequest request) throws Refusal {
        Optional<Role> byToken = gate.byToken(request);
        if (byToken.isPresent()) return byToken;
        if (request.getHeader("Authorization") != null && !gate.mayTryAgain()) throw new Refusal(429, "too-many-attempts", "Too many wrong tokens were sent. Wait a second.");
        if (request.getHeader("Authorization") != null) throw new Refusal(401, "wrong-token", "The token is not one of those that are valid.");
        Optional<Role> byCookie = gate.byCookie(request);
        // a browser says where a change comes from; whatever does not is no browser, and should send the token
        boolean told = request.getHeader("Origin") != null || "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
        if (byCookie.isPresent() && !SAFE.contains(request.getMethod()) && !told)
            throw new Refusal(403, "no-origin", "A change by cookie needs the header Origin. Programs send the token instead.");
        return byCookie;
    }
}
