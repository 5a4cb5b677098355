/** What runs left, read and compared. */
@NullMarked
package relata.runs.results;

import org.jspecify.annotations.NullMarked;
