/** Examples as a model sees them: batches, augmented views, what must be kept, and what attracts what. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.view;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
