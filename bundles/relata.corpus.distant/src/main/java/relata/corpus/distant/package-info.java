/** Distant supervision: sentences that name both entities of a triple are taken for examples of its relation (Mintz et al. 2009). */
@NullMarked
package relata.corpus.distant;

import org.jspecify.annotations.NullMarked;
