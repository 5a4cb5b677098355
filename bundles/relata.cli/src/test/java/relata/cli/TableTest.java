package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table().row("name", "type", "what it does").row("rate", "number", "how often a word is replaced by one of its synonyms").row("keep", "guard");

    @Test
    void theLastColumnIsWrappedBetweenWords() {
        assertEquals("""
                name  type    what it does
                rate  number  how often a word is
                              replaced by one of its
                              synonyms
                keep  guard
                """, table.wrapped(38));
        assertTrue(table.wrapped(60).lines().allMatch(l -> l.length() <= 60), table.wrapped(60));
    }

    @Test
    void whereThereIsNoRoomWordsStandWholeAndNothingIsLost() {
        assertEquals(table.toString().replaceAll("\\s+", " "), table.wrapped(1).replaceAll("\\s+", " "));
        assertEquals(3, table.toString().lines().count());
        assertEquals(3, table.wrapped(200).lines().count());
    }
}
