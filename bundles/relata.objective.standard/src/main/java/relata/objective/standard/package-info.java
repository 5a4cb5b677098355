/** Objectives, projection heads and optimisers. */
@NullMarked
package relata.objective.standard;

import org.jspecify.annotations.NullMarked;
