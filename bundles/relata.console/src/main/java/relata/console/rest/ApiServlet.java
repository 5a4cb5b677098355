package relata.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.plugin.PluginException;
import relata.api.run.RecipeException;

/** The REST API: finds the route, checks the role, and writes what the route's handler answers. */
@Component(service = {Servlet.class, ApiServlet.class})
@HttpWhiteboardServletPattern(ApiServlet.PATH + "/*")
@HttpWhiteboardServletAsyncSupported
public final class ApiServlet extends HttpServlet {
    /** Where the API is. */
    public static final String PATH = "/api/v1";

    private static final long serialVersionUID = 1;
    private static final long SMALL_BODY = 64 << 10;
    /** Said of what nobody expected. */
    public static final String BROKEN = "Something went wrong inside. What it was is in what the server writes.";
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    private final transient List<Resource> resources = new CopyOnWriteArrayList<>();
    private final String version;
    private transient volatile Routes routes = new Routes(List.of());

    /** @param context of this bundle, whose version is Relata's */
    @Activate
    public ApiServlet(BundleContext context) {
        version = context.getBundle().getVersion().toString();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addResource(Resource resource) {
        resources.add(resource);
        collect();
    }

    void removeResource(Resource resource) {
        resources.remove(resource);
        collect();
    }

    private synchronized void collect() {
        List<Route> all = new ArrayList<>(List.of(Route.get("/openapi.json", "This document.", Object.class, r -> OpenApi.of(routes(), version))));
        resources.forEach(r -> all.addAll(r.routes()));
        routes = new Routes(all);
    }

    /** All routes that there are now. */
    List<Route> routes() {
        return routes.all();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Routes.Found found = routes.find(request.getMethod(), request.getRequestURI().substring(PATH.length()));
            Role role = Role.of(request);
            if (role == null) throw new Refusal(401, "no-token", "This needs a token.");
            if (!role.includes(found.route().role()))
                throw new Refusal(403, "wrong-role", "This needs the role " + found.route().role().word() + ", but yours is " + role.word() + ".");
            Object answer = answer(found, role, request);
            readOut(request);
            send(found.route(), answer, request, response);
        } catch (Refusal e) {
            if (Role.of(request) != null) readOut(request);
            if (e.status() == 405) response.setHeader("Allow", String.join(", ", e.details()));
            refuse(e, response);
        } catch (InternalError | UnknownError e) {
            throw e;
        } catch (Error e) {
            // no memory for the answer, a broken assertion, an error of a part's own: the request has failed, the server has not
            LOG.warn("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            refuse(new Refusal(500, "failed", BROKEN), response);
        }
    }

    private static Object answer(Routes.Found found, Role role, HttpServletRequest request) throws Refusal, IOException {
        Map<String, String> query = query(Objects.requireNonNullElse(request.getQueryString(), ""));
        try {
            return found.route().handler().answer(new Request(role, found.path(), query, request.getInputStream(), Objects.requireNonNullElse(request.getHeader("Last-Event-ID"), "")));
        } catch (RecipeException e) {
            throw new Refusal(e);
        } catch (PluginException e) {
            throw new Refusal(409, "plugins-refused", "The change is refused, and nothing has changed.", e.problems());
        } catch (Refusal e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.warn("{} {} failed", found.route().method(), found.route().path(), e);
            throw new Refusal(500, "failed", Objects.requireNonNullElse(e.getMessage(), BROKEN));
        }
    }

    /** Read here: the servlet's own would take the body for a form, if a client says that it is one. */
    private static Map<String, String> query(String text) throws Refusal {
        Map<String, String> query = new LinkedHashMap<>();
        try {
            for (String entry : text.split("&")) {
                String[] words = entry.split("=", 2);
                if (!entry.isEmpty()) query.putIfAbsent(URLDecoder.decode(words[0], StandardCharsets.UTF_8), words.length == 1 ? "" : URLDecoder.decode(words[1], StandardCharsets.UTF_8));
            }
            return query;
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "wrong-query", "What stands after the question mark cannot be read: " + e.getMessage());
        }
    }

    private static void send(Route route, Object answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (answer instanceof Feed feed) {
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            // who asks for the headers alone does not listen
            if (request.getMethod().equals("HEAD")) return;
            AsyncContext connection = request.startAsync();
            connection.setTimeout(0);
            feed.begin(connection);
            return;
        }
        response.setStatus(route.status());
        if (answer instanceof Nothing) return;
        if (answer instanceof Plain plain) write(response, plain.type() + ";charset=utf-8", plain.text());
        else write(response, "application/json", Json.write(answer));
    }

    /**
     * Reads what is left of a small body, which a client may still be sending, so that its connection serves its next request too. Of a larger one nothing more is read, and
     * the connection is closed.
     */
    private static void readOut(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 || request.getContentLengthLong() > SMALL_BODY) return;
        try {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // it never came whole, which makes no difference to the answer
            LOG.debug("{} {}: the body was cut off", request.getMethod(), request.getRequestURI(), e);
        }
    }

    /** Answers with an error. */
    public static void refuse(Refusal refusal, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) return;
        response.setStatus(refusal.status());
        if (refusal.status() == 401) response.setHeader("WWW-Authenticate", "Bearer");
        if (refusal.status() == 429 || refusal.status() == 503) response.setHeader("Retry-After", "1");
        write(response, "application/json", Json.write(refusal.body()));
    }

    private static void write(HttpServletResponse response, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        // without a length, which the server adds itself: with all written, it could no longer say that it closes a connection on which something was left unread
        response.getOutputStream().write(bytes);
    }
}
