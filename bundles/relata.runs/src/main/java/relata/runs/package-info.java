/** Run folders: what a run leaves on disk, whole or not at all. */
@NullMarked
package relata.runs;

import org.jspecify.annotations.NullMarked;
