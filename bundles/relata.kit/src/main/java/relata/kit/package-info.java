/** The author's kit: writes the Maven project of a new plug-in, with a part that works, its contract test and a recipe that uses it. */
@NullMarked
package relata.kit;

import org.jspecify.annotations.NullMarked;
