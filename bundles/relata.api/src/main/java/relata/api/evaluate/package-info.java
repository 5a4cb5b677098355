/** Frozen vectors, classifiers on them, predictions and metrics: plain arrays, no tensors. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.evaluate;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
