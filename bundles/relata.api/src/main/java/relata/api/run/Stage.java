package relata.api.run;

import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/**
 * One node of the training graph. What it takes from other stages is marked by {@code @FromStage} in its settings, what it puts out by {@code @Produces}.
 *
 * <p>A setting {@code corpus}, a {@code Ref<CorpusReader>} that is usually optional, gives the stage a corpus of its own in place of the recipe's:
 * the platform reads it when the run begins, checks the stage's splits against it, and notes it in the run's provenance.
 */
@ConsumerType
@Kind("stage")
public interface Stage {
    /**
     * Does the work and leaves its result in {@link StageContext#folder()}. Called again after an interruption: what an
     * earlier call left in the folder may be used to go on from, and must lead to the same result.
     *
     * @throws InterruptedException if {@link StageContext#checkStop()} said so
     */
    void run(StageContext context) throws Exception;
}
