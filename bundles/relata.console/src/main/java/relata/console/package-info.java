/** The console: what starts it, who is let in, and what is the same for its pages and its REST API. */
@NullMarked
package relata.console;

import org.jspecify.annotations.NullMarked;
