package relata.api.learn;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Named arrays that are trained, in a fixed order. Names are those of Hugging Face models where there is one. */
public final class Parameters {
    private final Map<String, NDArray> all = new LinkedHashMap<>();
    private final Set<String> frozen = new HashSet<>();

    /** Adds a parameter and asks for its gradient. @throws IllegalArgumentException if the name is taken */
    public Parameters add(String name, NDArray array) {
        if (all.putIfAbsent(name, array) != null) throw new IllegalArgumentException("two parameters are called '" + name + "'");
        array.setName(name);
        array.setRequiresGradient(true);
        return this;
    }

    /** Adds all of another set. */
    public Parameters addAll(Parameters others) {
        others.all.forEach((name, array) -> {
            if (all.putIfAbsent(name, array) != null) throw new IllegalArgumentException("two parameters are called '" + name + "'");
            if (others.frozen.contains(name)) frozen.add(name);
        });
        return this;
    }

    /** Adds all of another set under names with something in front; the other set keeps its own names. */
    public Parameters addAll(String prefix, Parameters others) {
        Parameters renamed = new Parameters();
        others.all.forEach((name, array) -> {
            renamed.all.put(prefix + name, array);
            if (others.frozen.contains(name)) renamed.frozen.add(prefix + name);
        });
        return addAll(renamed);
    }

    /** The array of that name. @throws IllegalArgumentException if there is none */
    public NDArray get(String name) {
        NDArray array = all.get(name);
        if (array == null) throw new IllegalArgumentException("no parameter is called '" + name + "'; there are: " + all.keySet());
        return array;
    }

    /** All, in order. */
    public Map<String, NDArray> all() {
        return Collections.unmodifiableMap(all);
    }

    /** Those that are not frozen, in order. */
    public Map<String, NDArray> trainable() {
        Map<String, NDArray> trainable = new LinkedHashMap<>(all);
        trainable.keySet().removeAll(frozen);
        return trainable;
    }

    /** Freezes the parameters whose names match: no gradient, no update. */
    public void freeze(Predicate<String> names) {
        all.forEach((name, array) -> {
            if (names.test(name) && frozen.add(name)) array.setRequiresGradient(false);
        });
    }
}
