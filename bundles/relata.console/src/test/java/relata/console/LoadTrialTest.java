package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTrialTest {
    @Test
    void eachWindowIsComparedWithItsNeighbours() {
        // twice as fast meanwhile, by what else the machine does
        assertEquals(List.of(-10.0, -20.0), LoadTrial.changes(List.of(10.0, 10.0, 20.0), List.of(9.0, 12.0)).stream().map(c -> Math.round(c * 1e6) / 1e6).toList());
        assertEquals(List.of(), LoadTrial.changes(List.of(), List.of(0.0, 0.0)), "no training");
    }

    @Test
    void theErrorIsThatOfTheMean() {
        // deviations -1, 0, 1: variance 1, of the mean a third of it
        assertEquals(Math.sqrt(1 / 3.0), LoadTrial.error(List.of(4.0, 5.0, 6.0)), 1e-12);
        assertEquals(0, LoadTrial.error(List.of(4.0)));
        assertEquals(0, LoadTrial.mean(List.of()));
    }
}
