package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * What holds for every metric. Extend it, name the provider, and compute the numbers once more by plain loops in {@link #reference}: the metric is
 * then compared with it.
 *
 * @param <C> the record of its settings
 */
public abstract class MetricContract<C extends Record> implements ProviderContract<Metric, C> {
    private static final List<String> LABELS = List.of("cause", "none", "part", "place");

    /** The numbers by plain loops, for {@link #part()}; nothing if there is no reference. */
    protected Optional<Map<String, Double>> reference(Predictions predictions) {
        return Optional.empty();
    }

    /** True if a number is a share: in [0, 1], and never lower after a wrong answer was put right. */
    protected boolean share(String key) {
        return true;
    }

    @Test
    void isWhatPlainLoopsGive() {
        each(p -> {
            Optional<Map<String, Double>> expected = reference(p);
            Assumptions.assumeTrue(expected.isPresent(), "there is no reference");
            Map<String, Double> found = part().of(p);
            assertEquals(expected.get().keySet(), found.keySet(), () -> "keys for " + text(p));
            expected.get().forEach((key, value) -> assertEquals(value, found.get(key), 1e-9, () -> key + " for " + text(p)));
        });
    }

    @Test
    void isFiniteAlsoWithoutAnything() {
        each(p -> part().of(p).forEach((key, value) -> assertTrue(Double.isFinite(value), () -> key + " was " + value + " for " + text(p) + "; say what 0/0 is")));
    }

    @Test
    void sharesAreBetweenNoneAndAll() {
        each(p -> part().of(p).forEach((key, value) -> {
            if (share(key)) assertTrue(value >= 0 && value <= 1 + 1e-12, () -> key + " was " + value + " for " + text(p) + "; override share() if it is none");
        }));
    }

    @Test
    void sharesDoNotFallWhenAWrongAnswerIsPutRight() {
        each(p -> {
            for (int i = 0; i < p.items().size(); i++) {
                Prediction item = p.items().get(i);
                if (item.gold().isEmpty() || item.right()) continue;
                Prediction right = new Prediction(item.example(), item.pair(), item.gold(), item.gold().get(0), item.scores());
                List<Prediction> items = new ArrayList<>(p.items());
                items.set(i, right);
                Map<String, Double> before = part().of(p);
                Map<String, Double> after = part().of(new Predictions(p.labels(), p.negative(), items));
                before.forEach((key, value) -> {
                    if (share(key) && after.containsKey(key)) assertTrue(after.get(key) >= value - 1e-12, () -> key + " fell from " + value + " to " + after.get(key) + " when " + item
                            + " was put right; override share() if that is meant");
                });
            }
        });
    }

    @Test
    void doesNotCountAnswersWithoutGold() {
        each(p -> {
            List<Prediction> items = new ArrayList<>(p.items());
            items.add(items.size() / 2, item("unknown-1", "part"));
            items.add(item("unknown-2", "none"));
            assertEquals(part().of(p), part().of(new Predictions(p.labels(), p.negative(), items)), "answers without gold labels must not be counted");
        });
    }

    @Test
    void doesNotDependOnTheOrderOfAnswers() {
        each(p -> {
            List<Prediction> items = new ArrayList<>(p.items());
            Collections.shuffle(items, new Random(1));
            Map<String, Double> expected = part().of(p);
            Map<String, Double> found = part().of(new Predictions(p.labels(), p.negative(), items));
            assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()), "keys, in order, after another order of the answers");
            expected.forEach((key, value) -> assertEquals(value, found.get(key), 1e-9, key + " after another order of the answers"));
        });
    }

    @Test
    void countsTheAnswersNotTheScores() {
        each(p -> {
            List<Prediction> items = p.items().stream().map(i -> new Prediction(i.example(), i.pair(), i.gold(), i.label(), List.of())).toList();
            assertEquals(part().of(p), part().of(new Predictions(p.labels(), p.negative(), items)), "an answer without scores is an answer");
        });
    }

    @Test
    void namesItsNumbersAlike() {
        // a report that puts two models side by side needs the same keys for the same labels
        Metric metric = part();
        List<String> keys = List.copyOf(metric.of(cases().get(0)).keySet());
        assertTrue(!keys.isEmpty(), "no numbers");
        for (String key : keys) assertTrue(!key.isBlank() && key.equals(key.strip()), () -> "a key for people, but was '" + key + "'");
        assertEquals(keys, List.copyOf(metric.of(cases().get(0)).keySet()), "the same keys in the same order each time");
    }

    private static void each(Smallest.Check<Predictions> check) {
        new Smallest<Predictions>(
                p -> Smallest.parts(p.items(), 0).stream().map(items -> new Predictions(p.labels(), p.negative(), items)).toList(),
                p -> p.items().size() + " answers, " + text(p)).all(cases(), check);
    }

    /** Random answers of several kinds, and the edges: nothing, all right, all wrong, only the negative label, several gold labels. */
    private static List<Predictions> cases() {
        List<Predictions> cases = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            List<Prediction> items = new ArrayList<>();
            for (int i = 0; i < 12 + 10 * seed; i++) {
                String gold = LABELS.get(random.nextInt(LABELS.size()));
                String[] golds = seed % 4 == 3 && random.nextInt(3) == 0 ? new String[] {gold, LABELS.get((LABELS.indexOf(gold) + 1) % 4)} : new String[] {gold};
                items.add(item("e" + i, random.nextInt(3) > 0 ? gold : LABELS.get(random.nextInt(LABELS.size())), golds));
            }
            cases.add(new Predictions(LABELS, seed % 2 == 0 ? Optional.of("none") : Optional.empty(), items));
        }
        for (List<Prediction> items : List.of(
                List.<Prediction>of(),
                List.of(item("a", "cause", "cause"), item("b", "part", "part"), item("c", "none", "none")),
                List.of(item("a", "part", "cause"), item("b", "none", "part"), item("c", "cause", "none")),
                List.of(item("a", "none", "none"), item("b", "none", "none")),
                List.of(item("a", "none", "part"), item("b", "part", "none")),
                List.of(item("a", "cause", "part", "cause"), item("b", "place", "part", "cause"))))
            cases.add(new Predictions(LABELS, Optional.of("none"), items));
        return cases;
    }

    private static Prediction item(String example, String label, String... gold) {
        List<Double> scores = LABELS.stream().map(l -> l.equals(label) ? 0.7 : 0.1).toList();
        return new Prediction(example, 0, List.of(gold), label, scores);
    }

    private static String text(Predictions predictions) {
        TreeMap<String, Integer> cells = new TreeMap<>();
        predictions.items().forEach(p -> cells.merge(p.gold() + " answered " + p.label(), 1, Integer::sum));
        return "negative " + predictions.negative().orElse("(none)") + ", " + cells;
    }
}
