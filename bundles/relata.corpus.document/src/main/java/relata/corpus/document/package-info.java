/** Readers of data sets with many entities and many pairs in a passage. */
@NullMarked
package relata.corpus.document;

import org.jspecify.annotations.NullMarked;
