/** Readers of data sets that ask about one pair a sentence. */
@NullMarked
package relata.corpus.sentence;

import org.jspecify.annotations.NullMarked;
