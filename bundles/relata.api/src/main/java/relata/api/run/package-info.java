/** Recipes, their stages, run folders, and what listens to a run. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.run;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
