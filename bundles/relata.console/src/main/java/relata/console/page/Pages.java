package relata.console.page;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import relata.console.rest.Refusal;
import relata.console.rest.Role;
import relata.console.rest.Site;

/** The pages: each a frame with its script, which asks the REST API for what is shown. What is not found here has a page that says so. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"", "/"})
public final class Pages extends HttpServlet {
    private static final long serialVersionUID = 1;

    /**
     * A page.
     *
     * @param name of its template and its script
     * @param place the link of the navigation that leads to it
     * @param needs libraries that it loads
     */
    private record Page(String name, String title, String place, String... needs) {}

    private static final Map<String, Page> PAGES = Map.of(
            "/", new Page("runs", "Runs", "/"), "/new", new Page("new", "New run", "/new", "yaml"), "/compare", new Page("compare", "Compare", "/compare", "charts"),
            "/try", new Page("try", "Try it", "/try"), "/parts", new Page("parts", "Parts", "/parts"), "/plugins", new Page("plugins", "Plug-ins", "/plugins"),
            "/health", new Page("health", "Health", "/health"));

    /** By what follows a run's id. */
    private static final Map<String, Page> OF_RUN = Map.of(
            "", new Page("run", "Run", "/", "charts", "overview"), "judge", new Page("judge", "Judging", "/", "judge"), "map", new Page("map", "Embedding map", "/", "map"));

    private final transient Site site;

    /** @param site knows the runs */
    @Activate
    public Pages(@Reference Site site) {
        this.site = site;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getServletPath(), "") + Objects.requireNonNullElse(request.getPathInfo(), "");
        Role role = Role.of(request);
        Page page = PAGES.get(path.isEmpty() ? "/" : path);
        String[] parts = path.split("/", -1);
        if (page != null) send(response, 200, Templates.page(page.name(), values(page, page.title()), role, page.place()));
        else if (parts.length >= 3 && parts.length <= 4 && parts[1].equals("runs")) run(response, role, parts[2], parts.length == 4 ? parts[3] : "");
        else missing(response, role, "No such page", "There is nothing at " + path + ".");
    }

    private void run(HttpServletResponse response, @Nullable Role role, String id, String what) throws IOException {
        Page page = OF_RUN.get(what);
        if (page == null) {
            missing(response, role, "No such page", "There is nothing at /runs/" + id + "/" + what + ".");
            return;
        }
        try {
            String name = site.run(id).id();
            Map<String, Object> values = values(page, name + (what.isEmpty() ? "" : ", " + page.title()));
            values.put("run", name);
            send(response, 200, Templates.page(page.name(), values, role, page.place()));
        } catch (Refusal e) {
            missing(response, role, "No such run", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> values(Page page, String title) {
        Map<String, Object> values = new HashMap<>(Map.of("title", title, "script", page.name()));
        for (String need : page.needs()) values.put(need, true);
        return values;
    }

    private static void missing(HttpServletResponse response, @Nullable Role role, String title, String words) throws IOException {
        send(response, 404, Templates.page("missing", Map.of("title", title, "words", words), role, ""));
    }

    private static void send(HttpServletResponse response, int status, String html) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(html);
    }
}
