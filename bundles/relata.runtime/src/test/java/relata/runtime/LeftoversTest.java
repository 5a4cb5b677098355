package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeftoversTest {
    private final Leftovers leftovers = new Leftovers();

    @Test
    void whatGrowsInEveryStepIsSaid() {
        leftovers.step(300);
        for (int step = 1; step < Leftovers.STEPS; step++) leftovers.step(300 + 3 * step);
        String message = assertThrows(IllegalStateException.class, () -> leftovers.step(300 + 3 * Leftovers.STEPS)).getMessage();
        assertTrue(message.startsWith("each of the last " + Leftovers.STEPS + " steps left arrays behind, " + 3 * Leftovers.STEPS + " in all: "), message);
    }

    @Test
    void whatIsMadeOnceOrNowAndThenIsNot() {
        for (int step = 0; step < 20 * Leftovers.STEPS; step++) leftovers.step(300 + (step > 0 ? 80 : 0) + step / Leftovers.STEPS);
        // one store that fills up, but not in every step
        for (int step = 0; step < 20 * Leftovers.STEPS; step++) leftovers.step(1000 + step - step / 10);
    }
}
