package relata.api.learn;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A graph of ONNX operators (operator set 17) that is being written: what a trained model does to answer, for other engines than the one that trained it. Values
 * have names; every method gives that of the value it makes. Numbers are float32, and int64 where they count or point to something.
 */
@ProviderType
public interface InferenceGraph {
    /**
     * Whole numbers that are given whenever the graph is run.
     *
     * @param name under which they are given
     * @param meaning for people
     * @param dimensions letters of {@code relata.api.learn}, or any word; equal ones have equal sizes
     */
    String input(String name, String meaning, String... dimensions);

    /**
     * Numbers of the model.
     *
     * @param name as Hugging Face's models name them
     * @param numbers row by row; not copied, not to be changed
     */
    String weight(String name, float[] numbers, long... shape);

    /** One number. */
    String scalar(float number);

    /** A list of whole numbers. */
    String list(long... numbers);

    /**
     * A linear layer, x Wᵀ + b. The graph may keep W in fewer bits.
     *
     * @param x (…, in)
     * @param name of the layer; its weights are called {@code name.weight} and {@code name.bias}
     * @param weight W, (out, in), row by row
     * @param bias b, (out); zeros for none
     * @return (…, out)
     * @throws IllegalArgumentException if the weights are no rows for the numbers of the bias
     */
    String linear(String x, String name, float[] weight, float[] bias);

    /** What an operator with one output makes of some values. */
    default String apply(String operator, String... values) {
        return apply(operator, Map.of(), values);
    }

    /**
     * Likewise, with attributes.
     *
     * @param attributes by name: a {@link Long}, {@link Float}, {@link String} or {@code long[]}
     */
    String apply(String operator, Map<String, ?> attributes, String... values);

    /** Makes a value a result, to be asked for by a name. @param meaning for people */
    void output(String name, String meaning, String value, String... dimensions);
}
