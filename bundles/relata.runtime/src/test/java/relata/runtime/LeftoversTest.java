package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private final List<String> said = new ArrayList<>();
    private final Leftovers leftovers = new Leftovers(Leftovers.MOST, said::add);

    @Test
    void whatGrowsInEveryUpdateIsSaidAndThenEndsTheTraining() {
        for (int update = 0; update < Leftovers.MOST; update++) {
            leftovers.update(300 + 3 * update);
            assertEquals(update < 200 ? 0 : 1, said.size(), () -> said.toString());
        }
        assertTrue(said.get(0).startsWith("the last 200 updates left arrays behind without a pause, 600 in all: "), said.get(0));
        String message = assertThrows(IllegalStateException.class, () -> leftovers.update(300 + 3 * Leftovers.MOST)).getMessage();
        assertTrue(message.startsWith("the last 2000 updates left arrays behind without a pause, 6000 in all: "), message);
    }

    @Test
    void whatGrowsInEverySecondUpdateIsFoundToo() {
        assertThrows(IllegalStateException.class, () -> {
            for (int update = 0; update <= Leftovers.MOST; update++) leftovers.update(300 + update / 2);
        });
    }

    @Test
    void aQueueFillsInPeace() {
        // 4,096 vectors in batches of 64
        for (int update = 0; update < 3 * Leftovers.MOST; update++) leftovers.update(300 + Math.min(update, 64));
        assertEquals(List.of(), said);
        // 65,536 are told of
        for (int update = 0; update < 3 * Leftovers.MOST; update++) leftovers.update(300 + Math.min(update, 1024));
        assertEquals(1, said.size());
    }

    @Test
    void whatIsMadeOnceOrNowAndThenIsNoLeak() {
        for (int update = 0; update < 20 * Leftovers.MOST; update++) leftovers.update(300 + (update > 0 ? 80 : 0) + update / 100);
        assertEquals(List.of(), said);
    }
}
