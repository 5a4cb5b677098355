/** Pure functions on arrays that parts share: weighted sums that leave things out, and pooling of token states.
 *
 * <p>Dimension letters as in {@code relata.api.learn}: B views, L sub-words (padded), H hidden width, R relation rows, A anchors,
 * C candidates. Results belong to the manager of the first argument, and gradients flow through that argument alone: weights and
 * positions are constants. Arrays are float32, positions int64.
 */
@Export
@Version("1.0.0")
@NullMarked
package relata.tensor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
