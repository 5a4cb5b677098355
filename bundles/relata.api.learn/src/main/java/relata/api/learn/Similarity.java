package relata.api.learn;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Compares vectors. The sign is fixed here once: larger is nearer. */
@ConsumerType
@Kind("similarity")
public interface Similarity {
    /** (A, P) and (C, P) to (A, C). */
    NDArray between(NDArray anchors, NDArray candidates);
}
