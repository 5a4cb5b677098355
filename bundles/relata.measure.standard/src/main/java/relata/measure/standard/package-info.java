/** Precision, recall, F1, accuracy and the confusion matrix. */
@NullMarked
package relata.measure.standard;

import org.jspecify.annotations.NullMarked;
