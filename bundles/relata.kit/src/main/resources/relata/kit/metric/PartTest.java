package {{package}};

import java.util.Map;
import java.util.Optional;
import relata.api.component.ComponentProvider;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.testkit.MetricContract;

class {{class}}Test extends MetricContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Metric, {{class}}.Config> provider() {
        return new {{class}}();
    }

    /** The numbers once more, by plain loops: the metric is compared with them. */
    @Override
    protected Optional<Map<String, Double>> reference(Predictions predictions) {
        double sum = 0;
        int labels = 0;
        for (String label : predictions.labels()) {
            int all = 0;
            int right = 0;
            for (Prediction p : predictions.items()) {
                if (!p.gold().contains(label)) continue;
                all++;
                if (p.gold().contains(p.label())) right++;
            }
            if (all == 0) continue;
            labels++;
            sum += (double) right / all;
        }
        return Optional.of(Map.of("balanced-accuracy", labels == 0 ? 0 : sum / labels));
    }
}
