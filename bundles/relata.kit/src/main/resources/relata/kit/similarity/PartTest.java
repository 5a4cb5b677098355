package {{package}};

import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Similarity;
import relata.testkit.SimilarityContract;

class {{class}}Test extends SimilarityContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Similarity, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    protected OptionalDouble reference({{class}}.Config config, double[] anchor, double[] candidate) {
        double sum = 0;
        for (int i = 0; i < anchor.length; i++) sum += Math.pow((anchor[i] - candidate[i]) / config.scale(), 2);
        return OptionalDouble.of(1 / (1 + sum));
    }
}
