package relata.api.evaluate;

import java.util.List;

/**
 * A model's answer to one question.
 *
 * @param example the example's id
 * @param pair index of the pair in the example
 * @param gold the right labels; empty if unknown
 * @param label the predicted label
 * @param scores one for each label of {@link Predictions#labels()}, larger is likelier; probabilities where the model gives them
 */
public record Prediction(String example, int pair, List<String> gold, String label, List<Double> scores) {
    public Prediction {
        gold = List.copyOf(gold);
        scores = List.copyOf(scores);
    }

    /** True if the predicted label is a gold one. */
    public boolean right() {
        return gold.contains(label);
    }
}
