/** What runs came to: their figures and answers, and several runs side by side. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.result;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
