/** Synonyms from WordNet. */
@NullMarked
package relata.lexicon.wordnet;

import org.jspecify.annotations.NullMarked;
