/** Augmenters that change words where they stand, and guards that keep words from them. */
@NullMarked
package relata.augment.lexical;

import org.jspecify.annotations.NullMarked;
