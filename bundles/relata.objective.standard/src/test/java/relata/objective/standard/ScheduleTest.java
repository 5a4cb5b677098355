package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({"LINEAR,1,0.25", "LINEAR,3,0.75", "LINEAR,4,1", "LINEAR,6,0.8", "LINEAR,13,0.1", "LINEAR,14,0", "LINEAR,99,0",
        "CONSTANT,2,0.5", "CONSTANT,4,1", "CONSTANT,99,1",
        "COSINE,1,0.25", "COSINE,4,1", "COSINE,9,0.5", "COSINE,14,0"})
    void threeUpdatesOfThirteenWarmUp(Schedule schedule, long update, double factor) {
        assertEquals(factor, schedule.factor(update, 3, 13), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void withoutWarmUpItStartsInFull(Schedule schedule) {
        assertEquals(1, schedule.factor(1, 0, 10));
        assertEquals(1, schedule.factor(1, 0, 1));
    }

    @ParameterizedTest
    @EnumSource
    void noUpdateIsWasted(Schedule schedule) {
        for (long total = 1; total < 8; total++)
            for (long warmup = 0; warmup < 10; warmup++)
                for (long update = 1; update <= total; update++) assertTrue(schedule.factor(update, warmup, total) > 0);
    }

    @Test
    void warmUpIsAShareOrANumber() {
        assertEquals(3, AdamWTest.config(Map.of("warmup", 0.1)).warmupUpdates(28));
        assertEquals(7, AdamWTest.config(Map.of("warmupSteps", 7)).warmupUpdates(28));
        assertEquals(0, AdamWTest.config(Map.of("warmupSteps", 0)).warmupUpdates(28));
    }
}
