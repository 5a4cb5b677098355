package relata.api.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Writes inference as ONNX, and runs what was written. A service of the platform, if there is such an engine; nothing native is loaded before the first graph is opened. */
@ProviderType
public interface GraphEngine {
    /** Name and version, for people, e.g. {@code ONNX Runtime 1.22.0, cpu}. */
    String describe();

    /**
     * Writes a graph.
     *
     * @param file a new file
     * @param int8 true: the weights of linear layers are kept in 8 bits, with a scale for each output, and what is multiplied with them is brought to 8 bits on the way
     * @param properties kept in the file, for whoever opens it
     * @param drawing calls the methods of the graph
     * @throws IOException if the file cannot be written, or would have 2 GiB
     */
    void write(Path file, boolean int8, Map<String, String> properties, Consumer<InferenceGraph> drawing) throws IOException;

    /** Opens a graph. @throws IOException if the file is missing, cut off or no such graph; the message says so */
    Runner open(Path file) throws IOException;

    /** An open graph: safe for any thread. Each call works on the thread that makes it, and on no other. */
    @ProviderType
    interface Runner extends AutoCloseable {
        /** What was written into the file. */
        Map<String, String> properties();

        /**
         * Runs the graph.
         *
         * @param inputs by name
         * @param output name of a result of two dimensions
         * @throws IllegalStateException if the inputs do not fit the graph
         */
        float[][] run(Map<String, Collated.Field> inputs, String output);

        /** Lets go of it, when the last call has returned. */
        @Override
        void close();
    }
}
