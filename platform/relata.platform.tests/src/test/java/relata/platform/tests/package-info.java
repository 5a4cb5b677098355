/** Tests of the whole, after everything is built. */
@NullMarked
package relata.platform.tests;

import org.jspecify.annotations.NullMarked;
