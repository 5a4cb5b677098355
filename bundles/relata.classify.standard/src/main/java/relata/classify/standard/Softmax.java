package relata.classify.standard;

import java.util.Arrays;
import java.util.List;
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
 * Multinomial logistic regression: scores are probabilities. Minimises mean cross-entropy + {@code l2} / 2 · ‖W‖² (not the
 * bias) over standardised vectors with L-BFGS from zero: convex, so that the result depends neither on order nor on chance.
 */
@Component(service = ComponentProvider.class)
@ComponentName("softmax")
@Doc("Multinomial logistic regression.")
@Source("Cox 1966; fitted as Liu and Nocedal 1989")
public final class Softmax implements ComponentProvider<Classifier, Softmax.Config> {
    /** Settings. */
    public record Config(
            @Doc("Weight of the squared weights against mean cross-entropy.") @Default("0.001") @Range("[0, inf)") double l2,
            @Doc("At most so many L-BFGS steps.") @Default("200") @Range("[1, inf)") int steps,
            @Doc("Whether each dimension is brought to mean 0 and deviation 1 first.") @Default("true") boolean standardise) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Classifier create(Config config, Parts parts) {
        return (embeddings, labels, random) -> fit(config, embeddings, labels);
    }

    private static Fitted fit(Config config, Embeddings embeddings, List<String> labels) {
        TrainingSet data = TrainingSet.of(embeddings, labels);
        Standard standard = config.standardise() ? Standard.of(data.rows()) : Standard.none(data.width());
        double[][] rows = new double[data.rows().length][];
        for (int i = 0; i < rows.length; i++) rows[i] = standard.apply(data.rows()[i]);
        int classes = data.labels().size();
        CrossEntropy objective = new CrossEntropy(rows, data.classes(), classes, config.l2());
        double[] weights = Lbfgs.minimise(objective, new double[classes * (data.width() + 1)], config.steps(), 1e-6);
        return new Fitted() {
            @Override
            public List<String> labels() {
                return data.labels();
            }

            @Override
            public double[] score(float[] vector) {
                data.check(vector);
                return CrossEntropy.probabilities(weights, standard.apply(vector), classes);
            }
        };
    }

    /** Mean and scale of each dimension. */
    private record Standard(double[] mean, double[] scale) {
        static Standard none(int width) {
            double[] ones = new double[width];
            Arrays.fill(ones, 1);
            return new Standard(new double[width], ones);
        }

        static Standard of(float[][] rows) {
            int width = rows[0].length;
            double[] mean = new double[width];
            double[] scale = new double[width];
            for (float[] row : rows) for (int i = 0; i < width; i++) mean[i] += (double) row[i] / rows.length;
            for (float[] row : rows) for (int i = 0; i < width; i++) scale[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.length;
            // a dimension that never changes says nothing, and is not blown up
            for (int i = 0; i < width; i++) scale[i] = scale[i] > 1e-12 * (1 + mean[i] * mean[i]) ? 1 / Math.sqrt(scale[i]) : 0;
            return new Standard(mean, scale);
        }

        double[] apply(float[] vector) {
            double[] x = new double[vector.length];
            for (int i = 0; i < x.length; i++) x[i] = (vector[i] - mean[i]) * scale[i];
            return x;
        }
    }
}
