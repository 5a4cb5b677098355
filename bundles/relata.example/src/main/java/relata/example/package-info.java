/** A plug-in to read: a loss of its own. */
@NullMarked
package relata.example;

import org.jspecify.annotations.NullMarked;
