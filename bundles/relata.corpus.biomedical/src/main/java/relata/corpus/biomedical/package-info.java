/** Readers for the formats of biomedical relation extraction. Each format becomes {@link relata.corpus.biomedical.Draft}s; the rest is shared. */
@NullMarked
package relata.corpus.biomedical;

import org.jspecify.annotations.NullMarked;
