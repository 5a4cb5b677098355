package {{package}};

import java.util.List;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;

/**
 * Gaussian naive Bayes: each number of a vector is normal given the label, and independent of the others. A label's score is the logarithm of its share of the
 * training vectors plus that of the vector's density. Variances are those within the labels together, and at least {@code floor} of the largest.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Each label is a normal distribution of each dimension: naive Bayes.")
@Source("Maron 1961; Hastie et al. 2009, section 6.6.3")
public final class {{class}} implements ComponentProvider<Classifier, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("The smallest variance of a dimension, as a share of the largest.") @Default("1e-3") @Range("(0, 1]") double floor) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Classifier create(Config config, Parts parts) {
        return (embeddings, labels, random) -> fit(embeddings, labels, config.floor());
    }

    private static Fitted fit(Embeddings embeddings, List<String> labels, double floor) {
        if (embeddings.size() == 0) throw new IllegalArgumentException("there are no vectors to fit to");
        if (embeddings.size() != labels.size()) throw new IllegalArgumentException("there are " + embeddings.size() + " vectors, but " + labels.size() + " labels");
        for (float[] row : embeddings.rows()) for (float x : row) if (!Float.isFinite(x)) throw new IllegalArgumentException("a vector holds " + x);
        List<String> sorted = List.copyOf(new TreeSet<>(labels));
        int[] classes = labels.stream().mapToInt(sorted::indexOf).toArray();
        double[][] means = new double[sorted.size()][embeddings.width()];
        double[] counts = new double[sorted.size()];
        for (int row = 0; row < classes.length; row++) {
            counts[classes[row]]++;
            for (int d = 0; d < embeddings.width(); d++) means[classes[row]][d] += embeddings.rows()[row][d];
        }
        for (int label = 0; label < counts.length; label++) for (int d = 0; d < embeddings.width(); d++) means[label][d] /= counts[label];
        return new Normal(sorted, means, variances(embeddings.rows(), classes, means, floor), counts, classes.length);
    }

    private static double[] variances(float[][] rows, int[] classes, double[][] means, double floor) {
        double[] variances = new double[rows[0].length];
        double largest = 0;
        for (int d = 0; d < variances.length; d++) {
            for (int row = 0; row < rows.length; row++) variances[d] += Math.pow(rows[row][d] - means[classes[row]][d], 2) / rows.length;
            largest = Math.max(largest, variances[d]);
        }
        // vectors that are all alike have no variance
        double least = largest == 0 ? 1 : floor * largest;
        for (int d = 0; d < variances.length; d++) variances[d] = Math.max(least, variances[d]);
        return variances;
    }

    /** What was fitted. */
    private record Normal(List<String> labels, double[][] means, double[] variances, double[] counts, int size) implements Fitted {
        @Override
        public double[] score(float[] vector) {
            if (vector.length != variances.length) throw new IllegalArgumentException("the vector has " + vector.length + " numbers, but was fitted with " + variances.length);
            double[] scores = new double[means.length];
            for (int label = 0; label < scores.length; label++) {
                scores[label] = Math.log(counts[label] / size);
                for (int d = 0; d < vector.length; d++) scores[label] -= Math.pow(vector[d] - means[label][d], 2) / (2 * variances[d]);
            }
            return scores;
        }
    }
}
