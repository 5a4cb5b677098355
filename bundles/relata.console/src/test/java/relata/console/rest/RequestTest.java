package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.component.Default;
import relata.api.run.RunStatus;

class RequestTest {
    record Pair(String text, int number) {}

    record Body(String recipe, @Default("{}") Map<String, Object> overrides, @Default("[]") List<Pair> pairs) {}

    private static Request request(byte[] body, Map<String, String> query) {
        return new Request(Role.RUNNER, Map.of(), query, new ByteArrayInputStream(body), "");
    }

    private static Body body(String json) throws Refusal, IOException {
        return request(json.getBytes(StandardCharsets.UTF_8), Map.of()).body(Body.class);
    }

    @Test
    void aBodyIsReadAsARecord() throws Refusal, IOException {
        assertEquals(new Body("x: ü", Map.of(), List.of()), body("{\"recipe\": \"x: ü\"}"));
        assertEquals(
                new Body("x", Map.of("seed", 7L, "rate", 0.5), List.of(new Pair("a", 1))),
                body("{\"recipe\": \"x\", \"overrides\": {\"seed\": 7, \"rate\": 0.5}, \"pairs\": [{\"text\": \"a\", \"number\": 1}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{`recipe`: | recipe", "not json | expected an object", "[] | expected an object", "{} | 'recipe' is missing", "{`recipe`: null} | 'recipe' is missing",
        "{`recipe`: `x`, `recipes`: 1} | there is no 'recipes'", "{`recipe`: {}} | recipe: ", "{`recipe`: `x`, `overrides`: []} | overrides: ",
        "{`recipe`: `x`, `pairs`: [{`text`: `a`}]} | 'number' is missing", "{`recipe`: `x`, `pairs`: [{`text`: `a`, `number`: `many`}]} | number"})
    void whatIsWrongWithABodyIsTold(String json, String said) {
        Refusal refusal = assertThrows(Refusal.class, () -> body(json.replace('`', '"')), json);
        assertEquals(400, refusal.status());
        assertTrue(refusal.details().toString().contains(said), json + ": " + refusal.details());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "null"})
    void anEmptyBodyIsNone(String json) {
        assertEquals("wrong-body", assertThrows(Refusal.class, () -> body(json)).code());
    }

    @Test
    void deepNestingDoesNoHarm() {
        String deep = "{\"recipe\": \"x\", \"overrides\": {\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}}";
        assertEquals(400, assertThrows(Refusal.class, () -> body(deep)).status());
    }

    @Test
    void aLargeBodyIsNotRead() {
        byte[] large = new byte[(int) Request.LARGEST_BODY + 1];
        assertEquals(413, assertThrows(Refusal.class, () -> request(large, Map.of()).body(Body.class)).status());
        InputStream some = request(large, Map.of()).stream(10);
        assertThrows(Request.TooLarge.class, () -> some.transferTo(OutputStream.nullOutputStream()));
    }

    @Test
    void otherThanUtf8IsTold() {
        assertEquals("wrong-body", assertThrows(Refusal.class, () -> request(new byte[] {'{', (byte) 0xe9, '}'}, Map.of()).body(Body.class)).code());
    }

    @Test
    void numbersStayInTheirRange() throws Refusal {
        Request request = request(new byte[0], Map.of("limit", "7", "offset", "-1", "huge", "99999999999", "word", "x"));
        assertEquals(7, request.number("limit", 100, 1, 1000));
        assertEquals(100, request.number("none", 100, 1, 1000));
        for (String name : List.of("offset", "huge", "word")) assertEquals("wrong-query", assertThrows(Refusal.class, () -> request.number(name, 1, 0, 1000)).code());
        assertEquals("", request.query("none"));
    }

    @Test
    void answersAreWrittenAsTheApiSays() {
        record Answer(RunStatus status, Optional<Instant> ended, Optional<String> none, double number, double noNumber, String text) {}
        assertEquals(
                "{\"status\":\"running\",\"ended\":\"1970-01-01T00:00:00Z\",\"none\":null,\"number\":0.5,\"noNumber\":null,\"text\":\"<script>&\"}",
                Json.write(new Answer(RunStatus.RUNNING, Optional.of(Instant.EPOCH), Optional.empty(), 0.5, Double.NaN, "<script>&")));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("loss", Double.NaN);
        line.put("step", 10L);
        assertEquals("{\"loss\":null,\"step\":10}", Json.write(line));
    }
}
