/** Passages, entities and the questions asked about them; readers that make them from files, writers that make files of them. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.corpus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
