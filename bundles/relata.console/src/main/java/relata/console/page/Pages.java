package relata.console.page;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import relata.console.rest.Refusal;
import relata.console.rest.Role;
import relata.console.rest.RunList;
import relata.console.rest.Site;

/** The pages: each a frame with its script, which asks the REST API for what is shown. What is not found here has a page that says so. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"", "/"})
public final class Pages extends PageServlet {
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

    private static final int RUNS = 50;

    private final transient Site site;
    private final transient RunList list;

    /** @param site knows the runs @param list is in the first page, also for who has no scripts */
    @Activate
    public Pages(@Reference Site site, @Reference RunList list) {
        this.site = site;
        this.list = list;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getServletPath(), "") + Objects.requireNonNullElse(request.getPathInfo(), "");
        Role role = Role.of(request);
        Page page = PAGES.get(path.isEmpty() ? "/" : path);
        String[] parts = path.split("/", -1);
        if (page != null && page.name().equals("runs")) send(response, 200, Templates.page("runs", runs(page, request), role, page.place()));
        else if (page != null) send(response, 200, Templates.page(page.name(), values(page, page.title()), role, page.place()));
        else if (parts.length >= 3 && parts.length <= 4 && parts[1].equals("runs")) run(response, role, parts[2], parts.length == 4 ? parts[3] : "");
        else missing(response, role, "No such page", "There is nothing at " + path + ".");
    }

    private Map<String, Object> runs(Page page, HttpServletRequest request) throws IOException {
        UnaryOperator<String> word = name -> Objects.requireNonNullElse(request.getParameter(name), "");
        int offset = word.apply("offset").matches("\\d{1,9}") ? Integer.parseInt(word.apply("offset")) : 0;
        RunList.Page found = list.of(new RunList.Wanted(word.apply("status"), word.apply("recipe"), word.apply("q"), RUNS, offset));
        Map<String, Object> values = values(page, page.title());
        values.put("rows", found.runs().stream().map(RunRow::of).toList());
        values.put("shown", found.runs().isEmpty() ? "No run fits." : offset + 1 + " to " + (offset + found.runs().size()) + " of " + found.total());
        UnaryOperator<String> link = to -> "/?" + List.of("q", "status", "recipe").stream().map(n -> n + "=" + URLEncoder.encode(word.apply(n), StandardCharsets.UTF_8) + "&").collect(Collectors.joining()) + "offset=" + to;
        if (offset > 0) values.put("newer", link.apply(String.valueOf(Math.max(0, offset - RUNS))));
        if (offset + found.runs().size() < found.total()) values.put("older", link.apply(String.valueOf(offset + RUNS)));
        return values;
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
