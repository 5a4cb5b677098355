/** The command line: a picocli tree of commands that bundles contribute as services. */
@NullMarked
package relata.cli;

import org.jspecify.annotations.NullMarked;
