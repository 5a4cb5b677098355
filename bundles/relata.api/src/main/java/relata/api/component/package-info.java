/** What a part is, how it is named, configured and found. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.component;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
