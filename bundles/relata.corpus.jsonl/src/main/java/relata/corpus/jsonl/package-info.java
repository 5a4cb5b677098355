/** Relata's own JSON-lines corpus format. */
@NullMarked
package relata.corpus.jsonl;

import org.jspecify.annotations.NullMarked;
