package relata.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The weights of one model by name, in the order of their file. */
public final class Weights implements Iterable<Weight> {
    private final String source;
    private final Map<String, Weight> byName = new LinkedHashMap<>();

    /**
     * @param source where they come from, for messages: a file
     * @throws IllegalArgumentException if two have the same name
     */
    public Weights(String source, Collection<Weight> weights) {
        this.source = source;
        for (Weight w : weights)
            if (byName.put(w.name(), w) != null) throw new IllegalArgumentException(source + ": two weights are called '" + w.name() + "'");
    }

    /** Where they come from. */
    public String source() {
        return source;
    }

    /** How many. */
    public int size() {
        return byName.size();
    }

    /** Their names, in order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The weight of that name, if there is one. */
    public Optional<Weight> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The weight of that name.
     *
     * @throws IOException if there is none; the message names the nearest
     */
    public Weight get(String name) throws IOException {
        Weight found = byName.get(name);
        if (found != null) return found;
        String end = name.substring(name.lastIndexOf('.', Math.max(0, name.lastIndexOf('.') - 1)) + 1);
        List<String> near = byName.keySet().stream().filter(n -> n.endsWith(end)).limit(3).toList();
        if (near.isEmpty()) near = byName.keySet().stream().limit(3).toList();
        throw new IOException(source + ": no weight is called '" + name + "'; among its " + size() + " are " + String.join(", ", near));
    }

    /**
     * The weight of that name and shape.
     *
     * @throws IOException if there is none of that name, or it has another shape
     */
    public Weight get(String name, long... shape) throws IOException {
        Weight found = get(name);
        List<Long> expected = new ArrayList<>();
        for (long d : shape) expected.add(d);
        if (!found.shape().equals(expected))
            throw new IOException(source + ": weight '" + name + "' has shape " + found.shape() + ", but " + expected + " was expected");
        return found;
    }

    /**
     * The same weights under other names, e.g. without a leading {@code bert.}
     *
     * @throws IOException if two would get the same name
     */
    public Weights renamed(UnaryOperator<String> names) throws IOException {
        Map<String, String> old = new LinkedHashMap<>();
        List<Weight> renamed = new ArrayList<>();
        for (Weight w : this) {
            String name = names.apply(w.name());
            String clash = old.put(name, w.name());
            if (clash != null) throw new IOException(source + ": '" + clash + "' and '" + w.name() + "' are both the weight '" + name + "'");
            renamed.add(w.named(name));
        }
        return new Weights(source, renamed);
    }

    @Override
    public Iterator<Weight> iterator() {
        return List.copyOf(byName.values()).iterator();
    }

    @Override
    public String toString() {
        return source + ": " + size() + " weights";
    }
}
