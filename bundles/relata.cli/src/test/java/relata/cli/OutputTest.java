package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
    private record Numbers(double value, float[] row, Map<String, Double> named) {}

    @Test
    void numbersThatJsonHasNoWordForAreTexts() {
        Numbers numbers = new Numbers(Double.NaN, new float[] {1.5f, Float.NEGATIVE_INFINITY}, Map.of("f1", Double.POSITIVE_INFINITY));
        assertEquals("{\"value\":\"NaN\",\"row\":[1.5,\"-Infinity\"],\"named\":{\"f1\":\"Infinity\"}}", Output.line(numbers));
        assertEquals("[0.1,2]", Output.line(List.of(0.1, 2)));
    }

    @Test
    void aCaseForALossHoldsNumbersThatATensorHolds() {
        for (String wrong : List.of("[[1e300, 0], [0, 1]]", "[[\"a\", 0], [0, 1]]", "[[], [0, 1]]", "[[1], [0, 1]]")) {
            Failure failure = assertThrows(Failure.class, () -> LossCase.parse("case.json", "{\"embeddings\": " + wrong + ", \"groups\": [0, 0]}"), wrong);
            assertTrue(failure.getMessage().startsWith("case.json embeddings["), failure.getMessage());
        }
        assertEquals("case.json is not JSON, or cut off", assertThrows(Failure.class, () -> LossCase.parse("case.json", "{\"embeddings\": [[1")).getMessage());
    }
}
