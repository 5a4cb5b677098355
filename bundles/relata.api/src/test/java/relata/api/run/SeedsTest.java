package relata.api.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    @Test
    void seedsAreRangesAndLists() throws PlanException {
        assertEquals(List.of(42L, 43L, 44L), Seeds.parse("42..44"));
        assertEquals(List.of(7L, 1L, 2L, -3L), Seeds.parse("7, 1..2,-3"));
        assertEquals(List.of(5L), Seeds.parse("5..5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3..1", "1..", "1...3", "1,1", "1..3,2", "0..1000", "99999999999999999999"})
    void otherSeedsAreRefused(String text) {
        String said = String.valueOf(assertThrows(PlanException.class, () -> Seeds.parse(text)).getMessage());
        assertTrue(said.startsWith("--seeds "), said);
    }
}
