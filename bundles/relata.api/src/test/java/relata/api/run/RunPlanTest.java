package relata.api.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunPlanTest {
    @Test
    void varyingSharesIsNoShareOfTheData() {
        Map<String, String> both = Map.of("stages.a.with.fraction", "0.1", "stages.b.with.fraction", "0.1", "seed", "1"), one = Map.of("stages.a.with.fraction", "0.1", "stages.b.with.fraction", "1", "seed", "1");
        var given = RunPlan.fractions(List.of(both));
        assertEquals("0.1", RunPlan.fraction(both, given));
        assertEquals(Map.of(), RunPlan.varied(both, given));
        var varied = RunPlan.fractions(List.of(both, one));
        assertEquals("", RunPlan.fraction(both, varied));
        assertEquals(Map.of("stages.a.with.fraction", "0.1", "stages.b.with.fraction", "1"), RunPlan.varied(one, varied));
        assertTrue(RunPlan.fractions(List.of(Map.of("seed", "1"))).isEmpty());
    }
}
