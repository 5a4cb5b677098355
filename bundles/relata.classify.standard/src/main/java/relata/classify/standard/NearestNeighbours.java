package relata.classify.standard;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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
 * The {@code k} nearest training vectors vote. A label's score is its share of the votes, so that scores add up to 1:
 *
 * <ul>
 * <li><em>uniform</em>: a vote each;
 * <li><em>similarity</em>: 1 / (1 + distance);
 * <li><em>softmax</em>: exp(-distance / temperature): the smaller the temperature, the more the nearest decides.
 * </ul>
 *
 * <p>Ties: of training vectors at the same distance the earlier is nearer; of labels with the same votes the one whose nearest vector is
 * nearer scores higher, by less than a millionth of a vote.
 */
@Component(service = ComponentProvider.class)
@ComponentName("knn")
@Doc("The k nearest training vectors vote.")
@Source("Cover and Hart 1967")
public final class NearestNeighbours implements ComponentProvider<Classifier, NearestNeighbours.Config> {
    private static final double TIE = 1e-7;

    /** What a neighbour's vote is worth. */
    public enum Weights {
        /** 1. */
        UNIFORM,
        /** 1 / (1 + distance). */
        SIMILARITY,
        /** exp(-distance / temperature). */
        SOFTMAX
    }

    /** Settings. */
    public record Config(
            @Doc("Number of neighbours; all training vectors, if there are fewer.") @Default("5") @Range("[1, inf)") int k,
            @Doc("How distance is measured.") @Default("cosine") Distance distance,
            @Doc("What a neighbour's vote is worth.") @Default("uniform") Weights weights,
            @Doc("Divides distances under softmax weights.") @Default("0.1") @Range("(0, inf)") double temperature) {
        public Config {
            if (distance == Distance.DOT && weights == Weights.SIMILARITY) throw new IllegalArgumentException("weights 'similarity' needs a distance of at least 0, which 'dot' is not: take uniform or softmax");
        }
    }

    private record Neighbour(int row, double distance) {
        private static final Comparator<Neighbour> NEAREST_FIRST = Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row);
    }

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
        float[][] rows = new float[data.rows().length][];
        for (int i = 0; i < rows.length; i++) rows[i] = config.distance().prepare(data.rows()[i]);
        return new Fitted() {
            @Override
            public List<String> labels() {
                return data.labels();
            }

            @Override
            public double[] score(float[] vector) {
                data.check(vector);
                List<Neighbour> nearest = nearest(rows, config.distance().prepare(vector), config);
                double[] votes = new double[data.labels().size()];
                double all = 0;
                for (int rank = 0; rank < nearest.size(); rank++) {
                    int label = data.classes()[nearest.get(rank).row()];
                    double vote = vote(nearest.get(rank).distance(), nearest.get(0).distance(), config);
                    // for ties only: the label met first gets most
                    if (votes[label] == 0) vote += TIE / (rank + 1);
                    votes[label] += vote;
                    all += vote;
                }
                for (int label = 0; label < votes.length; label++) votes[label] /= all;
                return votes;
            }
        };
    }

    private static List<Neighbour> nearest(float[][] rows, float[] vector, Config config) {
        PriorityQueue<Neighbour> nearest = new PriorityQueue<>(Neighbour.NEAREST_FIRST.reversed());
        for (int row = 0; row < rows.length; row++) {
            double distance = config.distance().between(rows[row], vector);
            if (nearest.size() < config.k()) nearest.add(new Neighbour(row, distance));
            else if (distance < nearest.element().distance()) {
                nearest.remove();
                nearest.add(new Neighbour(row, distance));
            }
        }
        return nearest.stream().sorted(Neighbour.NEAREST_FIRST).toList();
    }

    private static double vote(double distance, double least, Config config) {
        return switch (config.weights()) {
            case UNIFORM -> 1;
            case SIMILARITY -> 1 / (1 + Math.max(0, distance));
            // the least distance is taken from all, so that the nearest never falls to 0
            case SOFTMAX -> Math.exp((least - distance) / config.temperature());
        };
    }
}
