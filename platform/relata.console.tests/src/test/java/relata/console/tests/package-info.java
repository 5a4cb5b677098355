/** The console in a real browser, served by the distribution. */
@NullMarked
package relata.console.tests;

import org.jspecify.annotations.NullMarked;
