/** Plug-ins: bundles that are installed, replaced and removed by their users, also while the platform runs. */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
