/** Augmenters that change the names of entities. */
@NullMarked
package relata.augment.entity;

import org.jspecify.annotations.NullMarked;
