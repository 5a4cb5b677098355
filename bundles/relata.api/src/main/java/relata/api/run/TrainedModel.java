package relata.api.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model that a stage of a run made, or, while it is at work, its last checkpoint.
 *
 * @param stage name of the stage
 * @param folder the model folder, as {@link Workbench#open} and {@link Workbench#openEncoder} take it
 * @param predicts false: an encoder alone
 * @param labels those of its corpus, in the order of its scores
 * @param negative the label that means <em>no relation</em>, if there is one
 * @param epochs of a checkpoint: how many epochs are done; empty if the stage is done
 * @param made when it was written; a later checkpoint in the same folder has another time
 * @param exported when it was exported as ONNX into its own folder, if it was
 */
public record TrainedModel(
        String stage, Path folder, boolean predicts, List<String> labels, Optional<String> negative, Optional<Integer> epochs, Instant made, Optional<Instant> exported) {
    public TrainedModel {
        labels = List.copyOf(labels);
    }

    /** A model that was not exported. */
    public TrainedModel(String stage, Path folder, boolean predicts, List<String> labels, Optional<String> negative, Optional<Integer> epochs, Instant made) {
        this(stage, folder, predicts, labels, negative, epochs, made, Optional.empty());
    }
}
