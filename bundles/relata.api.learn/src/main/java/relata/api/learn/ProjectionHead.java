package relata.api.learn;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Maps relation vectors to the space in which they are contrasted; left away after pre-training. */
@ConsumerType
@Kind("projection")
public interface ProjectionHead {
    /** A head with new parameters for vectors of that width. */
    Projection open(int width, Allocator allocator);

    /** A head with its parameters. */
    @ConsumerType
    interface Projection {
        /** Its parameters; maybe none. Names begin with {@code projection.} */
        Parameters parameters();

        /** (R, D) to (R, P). */
        NDArray project(NDArray relations, Step step);
    }
}
