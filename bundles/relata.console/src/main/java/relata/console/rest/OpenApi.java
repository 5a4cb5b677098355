package relata.console.rest;

import static relata.console.rest.Schemas.schema;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The document of the API, OpenAPI 3.1, made from its routes. */
final class OpenApi {
    private final Schemas schemas = new Schemas();
    private final Map<String, Object> paths = new LinkedHashMap<>();

    private OpenApi(List<Route> routes) {
        for (Route route : routes) path(route.path()).put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }

    /** The document. @param version of the API's bundle */
    static Map<String, Object> of(List<Route> routes, String version) {
        OpenApi made = new OpenApi(routes);
        Map<String, Object> error = schema("description", "Why not.", "content", content("application/json", made.schemas.of(Refusal.Body.class)));
        return schema(
                "openapi", "3.1.0",
                "info", schema("title", "Relata", "version", version, "description", "Runs, parts, plug-ins and models of a Relata platform.", "license", schema("name", "Apache-2.0", "identifier", "Apache-2.0")),
                "servers", List.of(schema("url", ApiServlet.PATH)),
                "security", List.of(schema("token", List.of())),
                "paths", made.paths,
                "components", schema(
                        "schemas", made.schemas.components(), "responses", schema("Error", error),
                        "securitySchemes", schema("token", schema("type", "http", "scheme", "bearer", "description", "One of the tokens of 'relata serve'."))));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> path(String path) {
        return (Map<String, Object>) paths.computeIfAbsent(path, p -> new LinkedHashMap<String, Object>());
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = schema(
                "operationId", id(route), "summary", route.summary(), "description", "For the role " + route.role().word() + ".", "x-relata-role", route.role().word(), "parameters", parameters(route));
        if (route.request() == InputStream.class) operation.put("requestBody", schema("required", true, "content", content("application/octet-stream", schema("type", "string", "format", "binary"))));
        else if (route.request() != Nothing.class) operation.put("requestBody", schema("required", true, "content", content("application/json", schemas.of(route.request()))));
        Map<String, Object> answer = schema("description", "As asked for.");
        Map<String, Object> content = content(route.response());
        if (!content.isEmpty()) answer.put("content", content);
        operation.put("responses", schema(String.valueOf(route.status()), answer, "default", schema("$ref", "#/components/responses/Error")));
        return operation;
    }

    private Map<String, Object> content(Type response) {
        if (response == Nothing.class) return Map.of();
        if (response == Feed.class) return content("text/event-stream", schema("type", "string"));
        if (response == Plain.class) return content("application/yaml", schema("type", "string"));
        return content("application/json", schemas.of(response));
    }

    private static Map<String, Object> content(String type, Map<String, Object> schema) {
        return schema(type, schema("schema", schema));
    }

    private static List<Object> parameters(Route route) {
        List<Object> parameters = new ArrayList<>();
        for (String segment : route.path().split("/"))
            if (segment.startsWith("{")) parameters.add(schema("name", segment.substring(1, segment.length() - 1), "in", "path", "required", true, "schema", schema("type", "string")));
        for (Route.Query query : route.queries())
            parameters.add(schema("name", query.name(), "in", "query", "description", query.doc(), "schema", schema("type", "string")));
        return parameters;
    }

    /** {@code POST /runs/{run}/stop} is {@code postRunsRunStop}. */
    private static String id(Route route) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String word : route.path().split("[^a-zA-Z0-9]+")) if (!word.isEmpty()) id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        return id.toString();
    }
}
