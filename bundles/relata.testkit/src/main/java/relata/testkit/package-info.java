/** Contracts for every kind of part, a tiny corpus and fakes: what a plug-in's tests are made of. */
@Export
@Version("1.0.0")
@NullMarked
package relata.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
