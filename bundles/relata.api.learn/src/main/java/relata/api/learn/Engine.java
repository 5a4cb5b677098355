package relata.api.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** The tensor engine. A service of the platform; the first call loads the native library. */
@ProviderType
public interface Engine {
    /** Name, version, device and threads, for people and provenance, e.g. {@code PyTorch 2.7.1, cpu, 2 threads}. */
    String describe();

    /** Whether a GPU is or could be used, and if not, what is missing; for people. Loads nothing. */
    String gpu();

    /** A manager for what lives longer than a step, e.g. parameters. Close it. */
    NDManager newManager();

    /** How many more arrays have been made than closed on this thread: the same after each step if steps leave none behind. */
    long arrays();

    /** Operators that DJL lacks. */
    Kernels kernels();

    /** Seeds the engine's own random numbers (dropout) on all threads. */
    void seed(long seed);

    /** Does work with the engine's class loader as context class loader and gradients switched off. Wrap every use of tensors on a thread in it. */
    <T> T call(Callable<T> work) throws Exception;

    /** Switches gradients on, on this thread, until closed. Only one at a time in the process. */
    Tape record();

    /** A recording of operations. */
    @ProviderType
    interface Tape extends AutoCloseable {
        /** Adds the gradient of a scalar to every parameter that took part, and frees the recording. */
        void backward(NDArray loss);

        @Override
        void close();
    }
}
