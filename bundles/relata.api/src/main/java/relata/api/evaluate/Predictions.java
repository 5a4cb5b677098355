package relata.api.evaluate;

import java.util.List;
import java.util.Optional;

/**
 * A model's answers to a split.
 *
 * @param labels all labels that could be predicted or are gold, in the corpus's order
 * @param negative the label that means <em>no relation</em>, if there is one
 * @param items the answers, in the split's order
 */
public record Predictions(List<String> labels, Optional<String> negative, List<Prediction> items) {
    public Predictions {
        labels = List.copyOf(labels);
        items = List.copyOf(items);
    }
}
