package relata.loss.contrastive;

import java.util.OptionalDouble;
import relata.api.component.ComponentProvider;
import relata.api.learn.Similarity;
import relata.testkit.SimilarityContract;

class SquaredEuclideanTest extends SimilarityContract<SquaredEuclidean.Config> {
    @Override
    public ComponentProvider<Similarity, SquaredEuclidean.Config> provider() {
        return new SquaredEuclidean();
    }

    @Override
    protected OptionalDouble reference(SquaredEuclidean.Config config, double[] a, double[] c) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += (a[k] - c[k]) * (a[k] - c[k]);
        return OptionalDouble.of(-sum);
    }
}
