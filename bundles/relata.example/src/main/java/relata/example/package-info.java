/** The plug-in to copy: a loss of its own. */
@NullMarked
package relata.example;

import org.jspecify.annotations.NullMarked;
