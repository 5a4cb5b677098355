package relata.loss.contrastive;

import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Similarity;
import relata.testkit.SimilarityContract;

class EuclideanTest extends SimilarityContract<Euclidean.Config> {
    @Override
    public ComponentProvider<Similarity, Euclidean.Config> provider() {
        return new Euclidean();
    }

    @Override
    protected OptionalDouble reference(Euclidean.Config config, double[] a, double[] c) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += (a[k] - c[k]) * (a[k] - c[k]);
        return OptionalDouble.of(-Math.sqrt(sum));
    }
}
