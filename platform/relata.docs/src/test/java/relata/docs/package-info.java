/** Tests that the documentation is true, and makes the pages that are made from the parts. */
@NullMarked
package relata.docs;

import org.jspecify.annotations.NullMarked;
