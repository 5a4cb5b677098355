package relata.loss.contrastive;

import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Similarity;
import relata.testkit.SimilarityContract;

class DotTest extends SimilarityContract<Dot.Config> {
    @Override
    public ComponentProvider<Similarity, Dot.Config> provider() {
        return new Dot();
    }

    @Override
    protected OptionalDouble reference(Dot.Config config, double[] a, double[] c) {
        double product = 0;
        for (int k = 0; k < a.length; k++) product += a[k] * c[k];
        return OptionalDouble.of(product);
    }
}
