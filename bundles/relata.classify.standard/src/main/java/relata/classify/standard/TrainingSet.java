package relata.classify.standard;

import java.util.List;
import java.util.TreeSet;
import relata.api.evaluate.Embeddings;

/**
 * Checked vectors with the numbers of their labels.
 *
 * @param rows (R, D)
 * @param labels the labels that occur, sorted
 * @param classes for each row the index of its label
 */
record TrainingSet(float[][] rows, List<String> labels, int[] classes) {
    static TrainingSet of(Embeddings embeddings, List<String> labels) {
        if (embeddings.size() == 0) throw new IllegalArgumentException("there are no vectors to fit to");
        if (embeddings.size() != labels.size()) throw new IllegalArgumentException("there are " + embeddings.size() + " vectors, but " + labels.size() + " labels");
        for (int row = 0; row < embeddings.size(); row++)
            for (float x : embeddings.rows()[row]) if (!Float.isFinite(x)) throw new IllegalArgumentException("vector " + row + " (label '" + labels.get(row) + "') holds " + x);
        List<String> sorted = List.copyOf(new TreeSet<>(labels));
        return new TrainingSet(embeddings.rows(), sorted, labels.stream().mapToInt(sorted::indexOf).toArray());
    }

    int width() {
        return rows[0].length;
    }

    /** @throws IllegalArgumentException if the vector has another width */
    void check(float[] vector) {
        if (vector.length != width()) throw new IllegalArgumentException("the vector has " + vector.length + " numbers, but was fitted with " + width());
    }
}
