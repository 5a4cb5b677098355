/** Pure functions on tokens: shortest dependency path, entity masks, views, input formats. */
@Export
@Version("1.0.0")
@NullMarked
package relata.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
