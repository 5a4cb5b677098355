package relata.api.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static List<String> values(String text) throws PlanException {
        return Variation.parse(Map.of("a", text)).getOrDefault("a", List.of());
    }

    @Test
    void valuesAreSplitWhereNothingHoldsThemTogether() throws PlanException {
        assertEquals(List.of("mention", "type"), values(" mention, type"));
        assertEquals(List.of("[1, 2]", "{ use: x, with: { y: [3] } }", "'a,b'", "\"c, ]\""), values("[1, 2],{ use: x, with: { y: [3] } },'a,b',\"c, ]\""));
        assertEquals(List.of("one"), values("one"));
    }

    @Test
    void combinationsAreAllOfThem() {
        Map<String, List<String>> two = new LinkedHashMap<>();
        two.put("a", List.of("1", "2"));
        two.put("b", List.of("x", "y", "z"));
        List<Map<String, String>> all = Variation.combinations(two);
        assertEquals(6, all.size());
        assertEquals(Map.of("a", "1", "b", "y"), all.get(1));
        assertEquals(Map.of("a", "2", "b", "x"), all.get(3));
        assertEquals(List.of(Map.of()), Variation.combinations(Map.of()));
    }
}
