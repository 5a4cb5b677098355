package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import relata.api.learn.Engine;

/** The named float32 arrays that an optimiser remembers from one update to the next, all 0 at first. */
final class OptimiserState {
    private final Engine engine;
    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    OptimiserState(Engine engine, NDManager manager) {
        this.engine = engine;
        this.manager = manager;
    }

    /** False for biases and layer normalisations, by the names that Hugging Face models give them. */
    static boolean decays(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !(lower.equals("bias") || lower.endsWith(".bias") || lower.contains("layernorm") || lower.contains("layer_norm"));
    }

    /** A new array of zeros. */
    NDArray add(String name, Shape shape) {
        NDArray array = manager.zeros(shape, DataType.FLOAT32);
        arrays.put(name, array);
        return array;
    }

    /** All, in the order in which they were added. */
    Map<String, NDArray> all() {
        return Collections.unmodifiableMap(arrays);
    }

    /** Takes over the numbers of a saved state; what it has more than this one is not looked at. @throws IllegalArgumentException if it does not fit; then nothing has changed */
    void restore(Map<String, NDArray> saved) {
        arrays.forEach((name, own) -> {
            NDArray other = saved.get(name);
            if (other == null) throw new IllegalArgumentException("the saved optimiser has no '" + name + "'; it holds: " + saved.keySet());
            if (!other.getShape().equals(own.getShape()))
                throw new IllegalArgumentException("'" + name + "' of the saved optimiser has shape " + other.getShape() + " but must have " + own.getShape());
        });
        // not copyTo: DJL's way of copying makes PyTorch print a warning
        engine.kernels().zero(List.copyOf(arrays.values()));
        arrays.forEach((name, own) -> own.addi(saved.get(name)));
    }
}
