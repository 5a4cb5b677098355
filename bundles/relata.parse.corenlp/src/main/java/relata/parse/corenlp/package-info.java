/** Dependency parses by Stanford CoreNLP (part-of-speech tagger and neural transition-based parser for Universal Dependencies), kept in a cache. */
@NullMarked
package relata.parse.corenlp;

import org.jspecify.annotations.NullMarked;
