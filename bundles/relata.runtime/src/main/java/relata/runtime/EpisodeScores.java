package relata.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;

/**
 * How a classifier did on episodes: for each it is fitted to the support vectors, and answers the queries.
 *
 * @param each one for each episode
 */
record EpisodeScores(List<Score> each) {
    /** The quantile of the standard normal distribution that leaves 2.5 % above it. */
    private static final double NORMAL = 1.959964;

    /**
     * An episode's score.
     *
     * @param inside queries of the episode's relations
     * @param insideRight how many of them got their relation
     * @param outside queries of none of them
     * @param outsideRight how many of them got none
     */
    record Score(int inside, int insideRight, int outside, int outsideRight) {
        /** Share of right answers. */
        double accuracy() {
            return (double) (insideRight + outsideRight) / (inside + outside);
        }
    }

    EpisodeScores {
        each = List.copyOf(each);
    }

    /**
     * Answers all episodes.
     *
     * @param vectors by instance
     * @param noneBelow a query whose best score is smaller gets no relation; empty: each gets one
     */
    static EpisodeScores of(Episodes episodes, float[][] vectors, Classifier classifier, OptionalDouble noneBelow) {
        List<Score> each = new ArrayList<>();
        for (int e = 0; e < episodes.all().size(); e++) {
            Episodes.Episode episode = episodes.all().get(e);
            List<float[]> rows = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (int n = 0; n < episode.support().length; n++)
                for (int i : episode.support()[n]) {
                    rows.add(vectors[i]);
                    labels.add(episode.relations().get(n));
                }
            Fitted fitted = classifier.fit(new Embeddings(rows.toArray(float[][]::new)), labels, Seeds.generator(Seeds.at(episodes.seed(), e, 1)));
            int inside = 0, insideRight = 0, outsideRight = 0;
            for (int n = 0; n < episode.queries().length; n++)
                for (int i : episode.queries()[n]) {
                    inside++;
                    if (answer(fitted, vectors[i], noneBelow).equals(episode.relations().get(n))) insideRight++;
                }
            for (int i : episode.outside()) if (answer(fitted, vectors[i], noneBelow).isEmpty()) outsideRight++;
            each.add(new Score(inside, insideRight, episode.outside().length, outsideRight));
        }
        return new EpisodeScores(each);
    }

    /** The label of the largest score, the first of equal ones; empty for none. */
    private static String answer(Fitted fitted, float[] query, OptionalDouble noneBelow) {
        double[] scores = fitted.score(query);
        int best = 0;
        for (int k = 1; k < scores.length; k++) if (scores[k] > scores[best]) best = k;
        return noneBelow.isPresent() && scores[best] < noneBelow.getAsDouble() ? "" : fitted.labels().get(best);
    }

    /** Accuracy of each episode. */
    double[] accuracies() {
        return each.stream().mapToDouble(Score::accuracy).toArray();
    }

    /** Mean of the episodes' accuracies. */
    double accuracy() {
        return mean(accuracies());
    }

    /** Half the width of the 95 % interval of {@link #accuracy()} over the choice of episodes, by the normal approximation: 1.96 s / √n. */
    double halfWidth() {
        return halfWidth(accuracies());
    }

    /** Share of the queries inside their episode that got their relation. */
    double insideAccuracy() {
        return share(each.stream().mapToInt(Score::insideRight).sum(), each.stream().mapToInt(Score::inside).sum());
    }

    /** Share of the queries outside their episode that got none; 0 if there are none. */
    double outsideAccuracy() {
        return share(each.stream().mapToInt(Score::outsideRight).sum(), each.stream().mapToInt(Score::outside).sum());
    }

    static double mean(double[] numbers) {
        double sum = 0;
        for (double x : numbers) sum += x;
        return sum / numbers.length;
    }

    static double halfWidth(double[] numbers) {
        double mean = mean(numbers), squares = 0;
        for (double x : numbers) squares += (x - mean) * (x - mean);
        return NORMAL * Math.sqrt(squares / (numbers.length - 1) / numbers.length);
    }

    private static double share(int part, int all) {
        return all == 0 ? 0 : (double) part / all;
    }
}
