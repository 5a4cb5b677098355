/** Cross-validation over any other corpus. */
@NullMarked
package relata.corpus.folds;

import org.jspecify.annotations.NullMarked;
