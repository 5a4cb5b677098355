/** Dependency parses made beforehand, read from CoNLL-U files. */
@NullMarked
package relata.parse.conllu;

import org.jspecify.annotations.NullMarked;
