package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.component.Default;
import relata.api.component.Doc;

class OpenApiTest {
    record Ask(@Doc("Which.") String name, @Default("1") int times) {}

    record Tell(Optional<Instant> when, Map<String, List<Double>> numbers, Role role, Ask asked, float[] vector) {}

    private static JsonObject document(Route... routes) {
        return JsonParser.parseString(Json.write(OpenApi.of(List.of(routes), "1.2.3"))).getAsJsonObject();
    }

    @Test
    void aRouteIsDescribedByItsRecords() {
        JsonObject all = document(new Route("POST", "/things/{thing}/ask", Role.OPERATOR, "Asks.", Ask.class, Tell.class, r -> "").status(201).query("loud", "Or not."));
        assertEquals("3.1.0", all.get("openapi").getAsString());
        assertEquals("1.2.3", all.getAsJsonObject("info").get("version").getAsString());
        JsonObject operation = all.getAsJsonObject("paths").getAsJsonObject("/things/{thing}/ask").getAsJsonObject("post");
        assertEquals("postThingsThingAsk", operation.get("operationId").getAsString());
        assertEquals("operator", operation.get("x-relata-role").getAsString());
        assertEquals("[\"thing\",\"loud\"]", "[" + String.join(",", operation.getAsJsonArray("parameters").asList().stream().map(p -> p.getAsJsonObject().get("name").toString()).toList()) + "]");
        assertTrue(operation.getAsJsonObject("responses").has("201") && operation.getAsJsonObject("responses").has("default"));
        JsonObject schemas = all.getAsJsonObject("components").getAsJsonObject("schemas");
        assertEquals("[\"name\"]", schemas.getAsJsonObject("OpenApiTestAsk").get("required").toString());
        assertEquals("{\"type\":\"string\",\"description\":\"Which.\"}", schemas.getAsJsonObject("OpenApiTestAsk").getAsJsonObject("properties").get("name").toString());
        JsonObject tell = schemas.getAsJsonObject("OpenApiTestTell").getAsJsonObject("properties");
        assertEquals("{\"anyOf\":[{\"type\":\"string\",\"format\":\"date-time\"},{\"type\":\"null\"}]}", tell.get("when").toString());
        assertEquals("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"array\",\"items\":{\"type\":[\"number\",\"null\"]}}}", tell.get("numbers").toString());
        assertEquals("{\"type\":\"string\",\"enum\":[\"viewer\",\"runner\",\"operator\"]}", tell.get("role").toString());
        assertEquals("{\"$ref\":\"#/components/schemas/OpenApiTestAsk\"}", tell.get("asked").toString());
        assertEquals("{\"type\":\"array\",\"items\":{\"type\":[\"number\",\"null\"]}}", tell.get("vector").toString());
    }

    @Test
    void whatHasNoSchemaIsNoAnswer() {
        assertThrows(IllegalStateException.class, () -> document(Route.get("/x", "", Thread.class, r -> "")));
    }
}
