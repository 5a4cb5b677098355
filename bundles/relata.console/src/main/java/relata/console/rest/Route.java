package relata.console.rest;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that can be asked of the REST API.
 *
 * @param method of HTTP
 * @param path under {@code /api/v1}; {@code {name}} stands for one segment
 * @param role who may
 * @param summary one sentence, for the document of the API
 * @param request what the body holds: a record, or {@link Nothing}
 * @param response what goes out: a record, {@link Plain}, {@link Feed} or {@link Nothing}
 * @param queries what may stand after the question mark
 * @param status of HTTP if all goes well
 * @param handler answers
 */
public record Route(String method, String path, Role role, String summary, Type request, Type response, List<Query> queries, int status, Handler handler) {
    /**
     * A word after the question mark.
     *
     * @param doc one sentence
     */
    public record Query(String name, String doc) {}

    public Route {
        queries = List.copyOf(queries);
    }

    /** A route with a body. */
    public Route(String method, String path, Role role, String summary, Type request, Type response, Handler handler) {
        this(method, path, role, summary, request, response, List.of(), response == Nothing.class ? 204 : 200, handler);
    }

    /** A route that only looks, for viewers. */
    public static Route get(String path, String summary, Type response, Handler handler) {
        return new Route("GET", path, Role.VIEWER, summary, Nothing.class, response, handler);
    }

    /** The same with one more word after the question mark. */
    public Route query(String name, String doc) {
        List<Query> more = new ArrayList<>(queries);
        more.add(new Query(name, doc));
        return new Route(method, path, role, summary, request, response, more, status, handler);
    }

    /** The same with another status if all goes well. */
    public Route status(int other) {
        return new Route(method, path, role, summary, request, response, queries, other, handler);
    }
}
