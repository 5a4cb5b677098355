package relata.example;

import java.util.Arrays;
import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Loss;
import relata.testkit.LossContract;
import relata.testkit.PlainContrast;

class MultiSimilarityTest extends LossContract<MultiSimilarity.Config> {
    @Override
    public ComponentProvider<Loss, MultiSimilarity.Config> provider() {
        return new MultiSimilarity();
    }

    @Override
    protected OptionalDouble reference(MultiSimilarity.Config config, PlainContrast x) {
        double total = 0;
        double weight = 0;
        for (int i = 0; i < x.rows(); i++) {
            if (Arrays.stream(x.positive()[i]).sum() == 0) continue;
            double pull = 1;
            double push = 1;
            for (int j = 0; j < x.columns(); j++) {
                pull += x.positive()[i][j] * Math.exp(-config.alpha() * (x.similarity()[i][j] - config.threshold()));
                push += x.negative()[i][j] * Math.exp(config.beta() * (x.similarity()[i][j] - config.threshold()));
            }
            total += x.anchors()[i] * (Math.log(pull) / config.alpha() + Math.log(push) / config.beta());
            weight += x.anchors()[i];
        }
        return OptionalDouble.of(weight == 0 ? 0 : total / weight);
    }
}
