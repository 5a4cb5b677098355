/** Reads recipes: YAML to typed records, with every mistake reported at once, and back. */
@NullMarked
package relata.recipe;

import org.jspecify.annotations.NullMarked;
