package relata.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @Test
    void readsAllKindsOfValues() {
        assertEquals(
                Map.of("a", 1.0, "b", List.of(true, false, "x"), "c", Map.of("d", -2.5e3), "e", List.of(), "f", Map.of()),
                Json.object("{\"a\": 1, \"b\": [true, false, \"x\"],\n\"c\": {\"d\": -2.5e3}, \"e\": [ ], \"f\": {}}"));
    }

    @Test
    void readsEscapes() {
        assertEquals(Map.of("a\"b", "\\/\b\f\n\r\t\u00e9\u20ac"), Json.object("{\"a\\\"b\": \"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20ac\"}"));
    }

    @Test
    void keepsTheOrderOfTheFile() {
        assertEquals(List.of("z", "a", "m"), List.copyOf(Json.object("{\"z\": 1, \"a\": 2, \"m\": 3}").keySet()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "[1]                      | line 1: expected an object",
        "{\"a\": }                | line 1: expected a value but found '}'",
        "{\"a\": 1                | line 1: expected more but found the end of the file",
        "{\"a\": 1, \"b\"}        | line 1: expected ':'",
        "{\"a\": 1, \"a\": 2}     | line 1: expected another name than 'a'",
        "{a: 1}                   | line 1: expected a name in quotes",
        "{\"a\": 1} x             | line 1: expected the end of the file",
        "{\"a\": [1 2]}           | line 1: expected ',' or ']'",
        "{\"a\": \"\\x\"}         | line 1: expected an escape",
        "{\"a\": nul}             | line 1: expected a value but found 'nul}'",
        "{\"a\": \"\\u00g0\"}     | "
    })
    void refusesWhatIsNotJson(String text, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Json.object(text));
        if (message != null) assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    @Test
    void countsLines() {
        String message = assertThrows(IllegalArgumentException.class, () -> Json.object("{\n\"a\": 1,\n\n\"b\" 2}")).getMessage();
        assertTrue(message.startsWith("line 4: "), message);
    }
}
