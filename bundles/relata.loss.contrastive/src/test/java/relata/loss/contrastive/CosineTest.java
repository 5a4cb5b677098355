package relata.loss.contrastive;

import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Similarity;
import relata.testkit.SimilarityContract;

class CosineTest extends SimilarityContract<Cosine.Config> {
    @Override
    public ComponentProvider<Similarity, Cosine.Config> provider() {
        return new Cosine();
    }

    @Override
    protected OptionalDouble reference(Cosine.Config config, double[] a, double[] c) {
        double product = 0;
        double aa = 0;
        double cc = 0;
        for (int k = 0; k < a.length; k++) {
            product += a[k] * c[k];
            aa += a[k] * a[k];
            cc += c[k] * c[k];
        }
        return OptionalDouble.of(product / Math.sqrt(aa * cc));
    }
}
