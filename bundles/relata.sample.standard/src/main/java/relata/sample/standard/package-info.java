/** Batch samplers and pairings. */
@NullMarked
package relata.sample.standard;

import org.jspecify.annotations.NullMarked;
