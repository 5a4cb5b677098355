package relata.api.learn;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** A contrastive loss: a pure function of similarities and weights. */
@ConsumerType
@Kind("loss")
public interface Loss {
    /** A float32 scalar (shape {@code ()}), finite for finite similarities; 0 with zero gradients if no anchor has a positive. */
    NDArray of(Contrast contrast);
}
