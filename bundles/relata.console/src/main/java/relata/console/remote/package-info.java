/** Commands that work on a running server instead of in their own process: {@code relata --connect URL ...}. */
@NullMarked
package relata.console.remote;

import org.jspecify.annotations.NullMarked;
