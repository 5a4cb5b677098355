/** Finds parts by name, builds the training graph of a recipe and runs its stages. */
@NullMarked
package relata.runtime;

import org.jspecify.annotations.NullMarked;
