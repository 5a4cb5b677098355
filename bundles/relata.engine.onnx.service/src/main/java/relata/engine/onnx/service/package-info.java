/** ONNX Runtime as the platform's engine for graphs. */
@NullMarked
package relata.engine.onnx.service;

import org.jspecify.annotations.NullMarked;
