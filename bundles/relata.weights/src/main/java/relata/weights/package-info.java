/** Named weights of published models: read from ONNX, safetensors and PyTorch files, written as safetensors. No tensors, no natives. */
@Export
@Version("1.0.0")
@NullMarked
package relata.weights;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
