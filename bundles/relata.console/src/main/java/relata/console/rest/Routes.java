package relata.console.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. */
final class Routes {
    /** A route and what stands in place of the names of its path. */
    record Found(Route route, Map<String, String> path) {}

    /** Taken apart once, as each request is compared with all. */
    private record Template(Route route, List<String> segments) {}

    private final List<Route> all;
    private final List<Template> templates;

    /** @throws IllegalStateException if two routes are the same */
    Routes(List<Route> routes) {
        all = routes.stream().sorted(Comparator.comparing(Route::path).thenComparing(Route::method)).toList();
        for (int i = 1; i < all.size(); i++)
            if (all.get(i).path().equals(all.get(i - 1).path()) && all.get(i).method().equals(all.get(i - 1).method()))
                throw new IllegalStateException("two resources answer " + all.get(i).method() + " " + all.get(i).path());
        templates = all.stream().map(route -> new Template(route, segments(route.path()))).toList();
    }

    /** All of them, by path and method. */
    List<Route> all() {
        return all;
    }

    /**
     * The route of a request.
     *
     * @param raw the path under the API's, as it was sent: a segment is decoded only once it is one
     * @throws Refusal if there is none
     */
    Found find(String method, String raw) throws Refusal {
        List<String> segments = segments(raw);
        List<Found> found = new ArrayList<>();
        for (Template template : templates) {
            Map<String, String> path = match(template.segments(), segments);
            if (path != null) found.add(new Found(template.route(), path));
        }
        if (found.isEmpty()) throw new Refusal(404, "no-such-route", "The API has no " + String.join("/", segments) + ".");
        // fewer names: /runs/last is nearer than /runs/{run}
        int least = found.stream().mapToInt(f -> f.path().size()).min().orElse(0);
        TreeSet<String> methods = new TreeSet<>();
        for (Found f : found) {
            if (f.path().size() != least) continue;
            if (f.route().method().equals(method.equals("HEAD") ? "GET" : method)) return f;
            methods.add(f.route().method());
        }
        throw new Refusal(405, "wrong-method", "This does not take " + method + ", but " + String.join(", ", methods) + ".", List.copyOf(methods));
    }

    private static @Nullable Map<String, String> match(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) return null;
        Map<String, String> path = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String name = template.get(i);
            if (name.startsWith("{")) path.put(name.substring(1, name.length() - 1), segments.get(i));
            else if (!name.equals(segments.get(i))) return null;
        }
        return path;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) if (!segment.isEmpty()) segments.add(decoded(segment));
        return segments;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
