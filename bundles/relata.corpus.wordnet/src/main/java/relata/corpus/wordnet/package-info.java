/** The built-in corpus: WordNet's definitions, with the relations that its pointers give. */
@NullMarked
package relata.corpus.wordnet;

import org.jspecify.annotations.NullMarked;
