package relata.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/** Metrics with planted mistakes, each caught by the test that should. */
class MetricContractTest {
    @ComponentName("mutant")
    @Doc("A metric for a test.")
    @Source("")
    record Provider(Metric metric) implements ComponentProvider<Metric, Provider.Config> {
        record Config() {}

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Metric create(Config config, Parts parts) {
            return metric;
        }
    }

    private static MetricContract<?> contract(Metric metric) {
        return new MetricContract<Provider.Config>() {
            @Override
            public Provider provider() {
                return new Provider(metric);
            }

            @Override
            protected Optional<Map<String, Double>> reference(Predictions predictions) {
                int right = 0;
                int all = 0;
                for (Prediction p : predictions.items()) {
                    if (p.gold().isEmpty()) continue;
                    all++;
                    for (String gold : p.gold()) if (gold.equals(p.label())) right++;
                }
                return Optional.of(Map.of("accuracy", all == 0 ? 0.0 : (double) right / all));
            }
        };
    }

    private static Map<String, Double> accuracy(List<Prediction> items, double none) {
        return Map.of("accuracy", items.isEmpty() ? none : (double) items.stream().filter(Prediction::right).count() / items.size());
    }

    private static List<Prediction> known(Predictions predictions) {
        return predictions.items().stream().filter(p -> !p.gold().isEmpty()).toList();
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(MetricContract.class);
    }

    @Test
    void aRightMetricPasses() {
        Mutants.assertPasses(contract(p -> accuracy(known(p), 0)));
    }

    @Test
    void zeroByZero() {
        Mutants.assertCaught(contract(p -> accuracy(known(p), Double.NaN)), "isFiniteAlsoWithoutAnything", "isWhatPlainLoopsGive");
    }

    @Test
    void answersWithoutGold() {
        Mutants.assertCaught(contract(p -> accuracy(p.items(), 0)), "doesNotCountAnswersWithoutGold");
    }

    @Test
    void onlyTheFirstGoldLabel() {
        Mutants.assertCaught(contract(p -> {
            List<Prediction> items = known(p);
            return Map.of("accuracy", items.isEmpty() ? 0.0 : (double) items.stream().filter(i -> i.gold().get(0).equals(i.label())).count() / items.size());
        }), "isWhatPlainLoopsGive");
    }

    @Test
    void errorsInPlaceOfHits() {
        Mutants.assertCaught(contract(p -> {
            double error = 1 - accuracy(known(p), 1).get("accuracy");
            return Map.of("accuracy", error);
        }), "sharesDoNotFallWhenAWrongAnswerIsPutRight", "isWhatPlainLoopsGive");
    }

    @Test
    void percent() {
        Mutants.assertCaught(contract(p -> Map.of("accuracy", 100 * accuracy(known(p), 0).get("accuracy"))), "sharesAreBetweenNoneAndAll");
    }

    @Test
    void runningMeans() {
        Mutants.assertCaught(contract(p -> {
            double mean = 0;
            for (Prediction i : known(p)) mean = 0.9 * mean + (i.right() ? 0.1 : 0);
            return Map.of("accuracy", mean);
        }), "doesNotDependOnTheOrderOfAnswers");
    }

    @Test
    void theBestScoreInPlaceOfTheAnswer() {
        Mutants.assertCaught(contract(p -> {
            List<Prediction> items = known(p);
            long right = items.stream().filter(i -> i.gold().contains(p.labels().get(i.scores().indexOf(i.scores().stream().max(Double::compare).orElse(0.0))))).count();
            return Map.of("accuracy", items.isEmpty() ? 0.0 : (double) right / items.size());
        }), "countsTheAnswersNotTheScores");
    }

    @Test
    void keysThatChange() {
        List<String> seen = new ArrayList<>();
        Mutants.assertCaught(contract(p -> {
            seen.add("x");
            return Map.of("accuracy" + seen.size(), 0.0);
        }), "namesItsNumbersAlike");
        Mutants.assertCaught(contract(p -> new HashMap<>()), "namesItsNumbersAlike");
    }
}
