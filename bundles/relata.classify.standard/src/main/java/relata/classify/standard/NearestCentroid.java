package relata.classify.standard;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;

/**
 * Each label is the mean of its training vectors (under cosine distance of the vectors scaled to length 1); a label's score is the distance to its mean,
 * negated; under {@code dot} that is the dot product. Of means at the same distance, that of the label that sorts first comes first in a stable order of scores.
 */
@Component(service = ComponentProvider.class)
@ComponentName("nearest-centroid")
@Doc("The label whose mean vector is nearest.")
@Source("Rocchio 1971; Snell et al. 2017")
public final class NearestCentroid implements ComponentProvider<Classifier, NearestCentroid.Config> {
    /** Settings. */
    public record Config(@Doc("How distance is measured.") @Default("cosine") Distance distance) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Classifier create(Config config, Parts parts) {
        return (embeddings, labels, random) -> fit(config.distance(), embeddings, labels);
    }

    private static Fitted fit(Distance distance, Embeddings embeddings, List<String> labels) {
        TrainingSet data = TrainingSet.of(embeddings, labels);
        float[][] centroids = centroids(data, distance);
        return new Fitted() {
            @Override
            public List<String> labels() {
                return data.labels();
            }

            @Override
            public double[] score(float[] vector) {
                data.check(vector);
                float[] prepared = distance.prepare(vector);
                double[] scores = new double[centroids.length];
                for (int label = 0; label < scores.length; label++) scores[label] = -distance.between(centroids[label], prepared);
                return scores;
            }
        };
    }

    private static float[][] centroids(TrainingSet data, Distance distance) {
        double[][] sums = new double[data.labels().size()][data.width()];
        int[] counts = new int[sums.length];
        for (int row = 0; row < data.rows().length; row++) {
            float[] vector = distance.prepare(data.rows()[row]);
            int label = data.classes()[row];
            counts[label]++;
            for (int i = 0; i < vector.length; i++) sums[label][i] += vector[i];
        }
        float[][] centroids = new float[sums.length][data.width()];
        for (int label = 0; label < sums.length; label++) {
            for (int i = 0; i < sums[label].length; i++) centroids[label][i] = (float) (sums[label][i] / counts[label]);
            centroids[label] = distance.prepare(centroids[label]);
        }
        return centroids;
    }
}
