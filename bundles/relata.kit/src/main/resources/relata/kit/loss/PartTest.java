package {{package}};

import java.util.Arrays;
import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Loss;
import relata.testkit.LossContract;
import relata.testkit.PlainContrast;

class {{class}}Test extends LossContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Loss, {{class}}.Config> provider() {
        return new {{class}}();
    }

    /** The formula once more, by plain loops: the loss is compared with it in value and gradient. */
    @Override
    protected OptionalDouble reference({{class}}.Config config, PlainContrast x) {
        double total = 0;
        double weight = 0;
        for (int i = 0; i < x.rows(); i++) {
            if (Arrays.stream(x.positive()[i]).sum() == 0) continue;
            double pull = 0;
            double push = 0;
            for (int j = 0; j < x.columns(); j++) {
                double s = x.similarity()[i][j];
                pull += x.positive()[i][j] * Math.pow(1 - s, 2);
                push += x.negative()[i][j] * Math.pow(Math.max(0, s - config.margin()), 2);
            }
            double negatives = Arrays.stream(x.negative()[i]).sum();
            total += x.anchors()[i] * (pull / Arrays.stream(x.positive()[i]).sum() + (negatives == 0 ? 0 : push / negatives));
            weight += x.anchors()[i];
        }
        return OptionalDouble.of(weight == 0 ? 0 : total / weight);
    }
}
