/** Encoders, contrast, losses, objectives and optimisers, over DJL's arrays.
 *
 * <p>Dimension letters, used in all Javadoc and comments: B views, L sub-words (padded), H hidden width, R relation rows (pairs of
 * views), D width of a relation vector, P width after projection, A anchors, C candidates, V sub-words of a vocabulary. In a batch without memory A = C = R.
 *
 * <p>Rules for parts: arrays belong to the step's manager, parts neither close nor keep them; numbers are float32 in and out (write
 * literals with {@code f}: a Java {@code double} turns a float32 scalar into float64 in silence); never make a parameter the first operand
 * of an operation, its result would outlive the step; {@code toType} and {@code toDevice} cut the gradient; take constants out of loops.
 */
@Export
@Version("1.0.0")
@NullMarked
package relata.api.learn;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
