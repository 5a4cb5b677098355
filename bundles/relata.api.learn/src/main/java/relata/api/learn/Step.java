package relata.api.learn;

import ai.djl.ndarray.NDManager;

/**
 * One forward pass, and in training its backward pass.
 *
 * @param engine the engine
 * @param manager owns everything that the step makes; closed at its end
 * @param training true if dropout is on
 */
public record Step(Engine engine, NDManager manager, boolean training) {}
