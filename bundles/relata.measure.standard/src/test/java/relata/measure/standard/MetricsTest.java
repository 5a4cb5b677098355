package relata.measure.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.testkit.MetricContract;
import relata.testkit.TestParts;

class MetricsTest {
    /** Precision, recall, F1 and gold count of one label, by a plain loop. */
    private static double[] plain(Predictions predictions, String label) {
        double tp = 0;
        double fp = 0;
        double fn = 0;
        for (Prediction p : predictions.items()) {
            if (p.gold().isEmpty()) continue;
            boolean gold = p.gold().contains(label);
            boolean said = p.label().equals(label);
            if (gold && said) tp++;
            if (!gold && said) fp++;
            if (gold && !said) fn++;
        }
        double precision = tp + fp == 0 ? 0 : tp / (tp + fp);
        double recall = tp + fn == 0 ? 0 : tp / (tp + fn);
        double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new double[] {precision, recall, f1, tp + fn, tp, fp, fn};
    }

    private static List<String> counted(Predictions predictions, boolean negative) {
        List<String> labels = new ArrayList<>(predictions.labels());
        if (!negative && predictions.negative().isPresent()) labels.remove(predictions.negative().get());
        return labels;
    }

    abstract static class F1Contract extends MetricContract<F1.Config> {
        @Override
        public F1 provider() {
            return new F1();
        }
    }

    @Nested
    class MicroTest extends F1Contract {
        @Override
        protected Optional<Map<String, Double>> reference(Predictions predictions) {
            double tp = 0;
            double fp = 0;
            double fn = 0;
            for (String label : counted(predictions, false)) {
                double[] n = plain(predictions, label);
                tp += n[4];
                fp += n[5];
                fn += n[6];
            }
            double p = tp + fp == 0 ? 0 : tp / (tp + fp);
            double r = tp + fn == 0 ? 0 : tp / (tp + fn);
            return Optional.of(Map.of("micro-precision", p, "micro-recall", r, "micro-f1", p + r == 0 ? 0 : 2 * p * r / (p + r)));
        }
    }

    @Nested
    class MacroTest extends F1Contract {
        @Override
        public Map<String, ?> settings() {
            return Map.of("average", "macro", "negative", true);
        }

        @Override
        protected Optional<Map<String, Double>> reference(Predictions predictions) {
            double[] sum = new double[3];
            int labels = 0;
            for (String label : counted(predictions, true)) {
                double[] n = plain(predictions, label);
                if (n[3] + n[5] == 0) continue;
                labels++;
                for (int i = 0; i < 3; i++) sum[i] += n[i];
            }
            int of = Math.max(1, labels);
            return Optional.of(Map.of("macro-precision", sum[0] / of, "macro-recall", sum[1] / of, "macro-f1", sum[2] / of));
        }
    }

    @Nested
    class WeightedTest extends F1Contract {
        @Override
        public Map<String, ?> settings() {
            return Map.of("average", "weighted");
        }

        @Override
        protected Optional<Map<String, Double>> reference(Predictions predictions) {
            double[] sum = new double[4];
            for (String label : counted(predictions, false)) {
                double[] n = plain(predictions, label);
                for (int i = 0; i < 3; i++) sum[i] += n[3] * n[i];
                sum[3] += n[3];
            }
            double of = Math.max(1, sum[3]);
            return Optional.of(Map.of("weighted-precision", sum[0] / of, "weighted-recall", sum[1] / of, "weighted-f1", sum[2] / of));
        }
    }

    @Nested
    class JointTest extends F1Contract {
        @Override
        public Map<String, ?> settings() {
            return Map.of("average", "macro", "joint", true);
        }
    }

    @Nested
    class PerClassTest extends MetricContract<PerClass.Config> {
        @Override
        public PerClass provider() {
            return new PerClass();
        }

        @Override
        protected boolean share(String key) {
            return !key.startsWith("support:");
        }

        @Override
        protected Optional<Map<String, Double>> reference(Predictions predictions) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (String label : predictions.labels()) {
                double[] n = plain(predictions, label);
                String[] names = {"precision:", "recall:", "f1:", "support:"};
                for (int i = 0; i < 4; i++) numbers.put(names[i] + label, n[i]);
            }
            return Optional.of(numbers);
        }
    }

    @Nested
    class AccuracyTest extends MetricContract<Accuracy.Config> {
        @Override
        public Accuracy provider() {
            return new Accuracy();
        }

        @Override
        protected Optional<Map<String, Double>> reference(Predictions predictions) {
            double right = 0;
            double all = 0;
            for (Prediction p : predictions.items()) {
                if (p.gold().isEmpty()) continue;
                all++;
                if (p.gold().contains(p.label())) right++;
            }
            return Optional.of(Map.of("accuracy", all == 0 ? 0 : right / all));
        }
    }

    @Nested
    class ConfusionTest extends MetricContract<Confusion.Config> {
        @Override
        public Confusion provider() {
            return new Confusion();
        }

        @Override
        protected boolean share(String key) {
            return false;
        }

        @Override
        protected Optional<Map<String, Double>> reference(Predictions predictions) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (String gold : predictions.labels())
                for (String said : predictions.labels()) {
                    double n = 0;
                    for (Prediction p : predictions.items())
                        if (!p.gold().isEmpty() && p.label().equals(said) && (p.gold().contains(said) ? gold.equals(said) : p.gold().get(0).equals(gold))) n++;
                    if (n > 0) numbers.put(gold + " -> " + said, n);
                }
            return Optional.of(numbers);
        }
    }

    private static Predictions answers(Optional<String> negative, String... goldAndAnswer) {
        List<Prediction> items = new ArrayList<>();
        for (String s : goldAndAnswer) {
            String[] sides = s.split(" -> ");
            items.add(new Prediction("e" + items.size(), 0, List.of(sides[0].split(",")), sides[1], List.of()));
        }
        return new Predictions(List.of("a", "b", "none"), negative, items);
    }

    private static Map<String, Double> of(ComponentProvider<Metric, ?> provider, Map<String, ?> settings, Predictions predictions) {
        return TestParts.of().create(provider, settings).of(predictions);
    }

    /** a: 2 found, 1 missed, 1 wrong. b: 1 found, 1 missed, 1 wrong. none: 1 found, 1 missed, 1 wrong. */
    private static final String[] KNOWN = {"a -> a", "a -> a", "a -> none", "b -> b", "b -> a", "none -> none", "none -> b"};

    @Test
    void worksOutAsByHand() {
        Predictions p = answers(Optional.of("none"), KNOWN);
        // micro without none: 3 found of 5 answered and 5 gold
        assertEquals(Map.of("micro-precision", 0.6, "micro-recall", 0.6, "micro-f1", 0.6), of(new F1(), Map.of(), p));
        Map<String, Double> macro = of(new F1(), Map.of("average", "macro"), p);
        assertEquals((2 / 3.0 + 0.5) / 2, macro.get("macro-f1"), 1e-12);
        assertEquals((3 * 2 / 3.0 + 2 * 0.5) / 5, of(new F1(), Map.of("average", "weighted"), p).get("weighted-f1"), 1e-12);
        assertEquals((2 / 3.0 + 0.5 + 0.5) / 3, of(new F1(), Map.of("average", "macro", "negative", true), p).get("macro-f1"), 1e-12);
        assertEquals(4 / 7.0, of(new Accuracy(), Map.of(), p).get("accuracy"), 1e-12);
        assertEquals("{a -> a=2.0, a -> none=1.0, b -> a=1.0, b -> b=1.0, none -> b=1.0, none -> none=1.0}", of(new Confusion(), Map.of(), p).toString());
        assertEquals(3.0, of(new PerClass(), Map.of(), p).get("support:a"));
    }

    @Test
    void jointDirectionsAreOneRelationButTheWrongOneIsWrong() {
        List<String> labels = List.of("Other", "Cause(e1,e2)", "Cause(e2,e1)", "Part(e1,e2)");
        String[][] answers = {
            {"Cause(e1,e2)", "Cause(e1,e2)"}, {"Cause(e1,e2)", "Cause(e2,e1)"}, {"Cause(e2,e1)", "Cause(e2,e1)"}, {"Cause(e2,e1)", "Other"}, {"Part(e1,e2)", "Part(e1,e2)"}, {"Other", "Part(e1,e2)"},
        };
        List<Prediction> items = new ArrayList<>();
        for (String[] a : answers) items.add(new Prediction("e" + items.size(), 0, List.of(a[0]), a[1], List.of(0.0, 0.0, 0.0, 0.0)));
        Map<String, Double> numbers = of(new F1(), Map.of("average", "macro", "joint", true), new Predictions(labels, Optional.of("Other"), items));
        // Cause: 2 right of 3 answered and 4 gold; Part: 1 of 2 answered and 1 gold
        assertEquals((2 / 3.0 + 1 / 2.0) / 2, numbers.get("joint-macro-precision"), 1e-12);
        assertEquals((2 / 4.0 + 1) / 2, numbers.get("joint-macro-recall"), 1e-12);
        assertEquals((2 * 2 / (3.0 + 4) + 2 / 3.0) / 2, numbers.get("joint-macro-f1"), 1e-12);
    }

    @Test
    void microWithEveryLabelIsAccuracy() {
        for (Predictions p : List.of(answers(Optional.of("none"), KNOWN), answers(Optional.empty(), KNOWN))) {
            double accuracy = of(new Accuracy(), Map.of(), p).get("accuracy");
            for (double number : of(new F1(), Map.of("negative", true), p).values()) assertEquals(accuracy, number, 1e-12);
        }
        assertEquals(of(new F1(), Map.of("negative", true), answers(Optional.empty(), KNOWN)), of(new F1(), Map.of(), answers(Optional.empty(), KNOWN)));
    }

    @Test
    void severalGoldLabelsAskForEach() {
        Predictions p = answers(Optional.of("none"), "a,b -> a", "a,b -> none", "a -> a");
        // gold: 3 a, 2 b; found: 2 a; nothing wrong
        assertEquals(new TreeMap<>(Map.of("micro-precision", 1.0, "micro-recall", 0.4, "micro-f1", 4 / 7.0)), new TreeMap<>(of(new F1(), Map.of(), p)));
        assertEquals(2 / 3.0, of(new Accuracy(), Map.of(), p).get("accuracy"), 1e-12);
        assertEquals("{a -> a=2.0, a -> none=1.0}", of(new Confusion(), Map.of(), p).toString());
    }

    @Test
    void labelsOutsideTheListCountToo() {
        Predictions p = answers(Optional.of("none"), "a -> x", "y -> a");
        assertEquals(0.0, of(new F1(), Map.of(), p).get("micro-f1"));
        assertEquals(1.0, of(new PerClass(), Map.of(), p).get("support:y"));
        assertEquals("{a -> x=1.0, y -> a=1.0}", of(new Confusion(), Map.of(), p).toString());
    }
}
