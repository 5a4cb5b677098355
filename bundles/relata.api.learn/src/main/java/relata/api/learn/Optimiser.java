package relata.api.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Updates parameters from their gradients. */
@ConsumerType
@Kind("optimiser")
public interface Optimiser {
    /**
     * Starts on parameters.
     *
     * @param manager owns the state
     * @param steps number of updates that will be made in all, for the schedule
     */
    Updates open(Engine engine, NDManager manager, Parameters parameters, long steps);

    /** An optimiser at work. */
    @ConsumerType
    interface Updates {
        /**
         * Updates every trainable parameter that has a gradient, then sets the gradients to 0.
         *
         * @throws ArithmeticException if a gradient is not finite; then no parameter has changed
         */
        Report apply();

        /** Everything that a later {@link #restore} needs, by name, in float32; the arrays stay its own. */
        Map<String, NDArray> state();

        /** Goes on from a saved state, whose numbers it copies. @throws IllegalArgumentException if a name is missing or a shape differs; the message says which */
        void restore(Map<String, NDArray> state);
    }

    /**
     * One update.
     *
     * @param rate learning rate used
     * @param norm L2 norm of all gradients before clipping
     */
    record Report(double rate, double norm) {}
}
