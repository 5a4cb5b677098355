/** k nearest neighbours, nearest centroid and softmax regression on frozen vectors. */
@NullMarked
package relata.classify.standard;

import org.jspecify.annotations.NullMarked;
