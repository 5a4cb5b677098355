/** From the shell to a running platform: reads features, starts the framework, hands over the command line. A plain jar, not a bundle. */
@NullMarked
package relata.launcher;

import org.jspecify.annotations.NullMarked;
