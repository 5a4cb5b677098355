package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static relata.objective.standard.MaskedLmTest.END;
import static relata.objective.standard.MaskedLmTest.MASK;
import static relata.objective.standard.MaskedLmTest.PAD;
import static relata.objective.standard.MaskedLmTest.SIZE;
import static relata.objective.standard.MaskedLmTest.START;
import static relata.objective.standard.MaskedLmTest.batch;
import static relata.objective.standard.MaskedLmTest.term;
import static relata.objective.standard.MaskedLmTest.units;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import relata.api.learn.Collated;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.testkit.TestEngine;

/** Which sub-words masked language modelling hides. */
class HiddenWordsTest {
    private final Engine engine = TestEngine.engine();

    @Test
    void hidesChangesAndKeepsInTheirShares() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Collated batch = units(40_000);
                Collated.Field before = batch.field("pieces");
                long[] unchanged = before.values().clone();
                Collated after = term(Map.of(), manager).prepare(batch, new SplittableRandom(3));
                assertArrayEquals(unchanged, before.values(), "the batch that was given stays as it is");
                assertEquals(batch.field("other"), after.field("other"));
                long[] now = after.field("pieces").values(), places = after.field(Corruption.PLACES).values(), words = after.field(Corruption.WORDS).values();
                int masked = 0, kept = 0, changed = 0, place = 0;
                for (int i = 0; i < now.length; i++) {
                    if (place < places.length && places[place] == i) {
                        assertEquals(1, i % 4, "only text is drawn");
                        assertEquals(unchanged[i], words[place++]);
                        if (now[i] == MASK) masked++;
                        else if (now[i] == unchanged[i]) kept++;
                        else changed++;
                    } else assertEquals(unchanged[i], now[i], "what is not drawn stays");
                }
                assertEquals(places.length, place);
                // five deviations of so many draws; any sub-word is the same one, or the mask, in one of 20 cases
                assertEquals(6000, places.length, 5 * Math.sqrt(40_000 * 0.15 * 0.85));
                assertEquals((0.8 + 0.1 / SIZE) * places.length, masked, 5 * Math.sqrt(6000 * 0.8 * 0.2));
                assertEquals((0.1 + 0.1 / SIZE) * places.length, kept, 5 * Math.sqrt(6000 * 0.1 * 0.9));
                assertEquals(0.1 * (SIZE - 2) / SIZE * places.length, changed, 5 * Math.sqrt(6000 * 0.1 * 0.9));
                return now;
            }
        });
    }

    @Test
    void theGeneratorDecidesAll() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = term(Map.of(), manager);
                long[] once = term.prepare(units(100), new SplittableRandom(1)).field("pieces").values();
                assertArrayEquals(once, term.prepare(units(100), new SplittableRandom(1)).field("pieces").values());
                assertFalse(Arrays.equals(once, term.prepare(units(100), new SplittableRandom(2)).field("pieces").values()));
                return term;
            }
        });
    }

    @Test
    void markersAreSafeAsFarAsAskedFor() throws Exception {
        Map<String, List<Long>> drawn = new HashMap<>();
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                for (String protect : List.of("markers", "starts", "none"))
                    drawn.put(protect, Arrays.stream(term(Map.of("rate", 1, "protect", protect), manager).prepare(batch(1, START, 5, END, PAD, MASK), new SplittableRandom(1)).field(Corruption.WORDS).values())
                            .boxed().toList());
                return drawn;
            }
        });
        assertEquals(Map.of("markers", List.of(5L), "starts", List.of(5L, (long) END), "none", List.of((long) START, 5L, (long) END)), drawn);
    }
}
