/** Contrastive losses, similarities and miners. */
@NullMarked
package relata.loss.contrastive;

import org.jspecify.annotations.NullMarked;
