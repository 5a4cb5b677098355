package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

class SubsampleTest {
    private final List<Example> examples = examples(137);

    private static List<Example> examples(int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Passage passage = new Passage("p" + i, List.of("a", "b"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2)), List.of());
            examples.add(new Example("e" + i, passage, List.of(new Pair(0, 1, List.of("r" + (i % 11 == 0 ? 2 : i % 2))))));
        }
        return examples;
    }

    private static Map<String, Long> counts(List<Example> examples) {
        return examples.stream().collect(Collectors.groupingBy(e -> e.pairs().get(0).relation().orElseThrow(), Collectors.counting()));
    }

    @Test
    void takesTheCeilingOfEachRelation() {
        for (double p : new double[] {0.01, 0.1, 0.37, 0.5}) {
            Map<String, Long> chosen = counts(Subsample.of(examples, p, 9));
            counts(examples).forEach((relation, n) -> assertEquals((long) Math.ceil(n * p), chosen.get(relation), relation + " at " + p));
        }
    }

    @Test
    void aSmallerShareIsPartOfALargerOneAndTheOrderStays() {
        List<Example> small = Subsample.of(examples, 0.1, 4), large = Subsample.of(examples, 0.4, 4);
        assertTrue(large.containsAll(small));
        assertEquals(examples.stream().filter(large::contains).toList(), large);
        assertEquals(examples, Subsample.of(examples, 1, 4));
    }

    @Test
    void onePercentIsPartOfFiveAndFiveOfTen() {
        List<Example> many = examples(2000);
        for (long seed = 42; seed < 47; seed++) {
            List<Example> one = Subsample.of(many, 0.01, seed), five = Subsample.of(many, 0.05, seed), ten = Subsample.of(many, 0.1, seed);
            assertTrue(one.size() < five.size() && five.containsAll(one) && five.size() < ten.size() && ten.containsAll(five), "seed " + seed);
        }
    }

    @Test
    void theCeilingIsThatOfTheDecimalNumber() {
        List<Example> same = examples(100).stream().map(e -> new Example(e.id(), e.passage(), List.of(new Pair(0, 1, List.of("r"))))).toList();
        assertEquals(7, Subsample.of(same, 0.07, 1).size(), "0.07 * 100 is 7.000000000000001 in binary");
        assertEquals(8, Subsample.of(same, 0.0701, 1).size());
    }

    @Test
    void theSeedDecides() {
        assertEquals(Subsample.of(examples, 0.2, 7), Subsample.of(examples, 0.2, 7));
        assertNotEquals(Subsample.of(examples, 0.2, 7), Subsample.of(examples, 0.2, 8));
    }
}
