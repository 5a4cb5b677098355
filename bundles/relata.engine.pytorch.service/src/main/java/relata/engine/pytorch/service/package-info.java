/** The tensor engine as a service: DJL and PyTorch, with the operators that DJL does not show. */
@NullMarked
package relata.engine.pytorch.service;

import org.jspecify.annotations.NullMarked;
