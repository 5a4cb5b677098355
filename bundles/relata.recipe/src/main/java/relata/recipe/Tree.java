package relata.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML value, freed of anchors and styles, that knows its line. The type of a setting, not the look of the text, decides how a scalar is read. */
sealed interface Tree {
    /** Line in the file, from 1; 0 if it came from the command line. */
    int line();

    /**
     * @param text what was written, without quotes
     * @param plain true if it was written without quotes
     */
    record Scalar(String text, boolean plain, int line) implements Tree {}

    /** A list. */
    record Sequence(List<Tree> items, int line) implements Tree {
        public Sequence {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /** A map, in the order of the text. */
    record Mapping(Map<String, Entry> entries, int line) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        Optional<Tree> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }
    }

    /** A part in which neither {@code use} nor some settings are written, filled up from its default. */
    static Tree completed(Mapping written, Tree standard) {
        Map<String, Entry> whole = new LinkedHashMap<>();
        Map<String, Entry> with = new LinkedHashMap<>();
        if (standard instanceof Mapping m) {
            whole.putAll(m.entries());
            if (m.get("with").orElse(m) instanceof Mapping inner && inner != m) with.putAll(inner.entries());
        } else {
            whole.put("use", new Entry(written.line(), standard));
        }
        whole.putAll(written.entries());
        Entry own = written.entries().get("with");
        if (own != null && own.value() instanceof Mapping m) {
            with.putAll(m.entries());
            whole.put("with", new Entry(own.line(), new Mapping(with, m.line())));
        }
        return new Mapping(whole, written.line());
    }

    /** A value and the line of its key. */
    record Entry(int line, Tree value) {}

    /** True for what YAML calls null: nothing, {@code ~} or {@code null}. */
    default boolean isNull() {
        return this instanceof Scalar s && s.plain && switch (s.text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    /** Adds its single values to a map, by path. @param path its own */
    default void flatten(String path, Map<String, String> values) {
        if (this instanceof Scalar scalar) values.put(path, scalar.text);
        if (this instanceof Sequence sequence) {
            if (sequence.items.isEmpty()) values.put(path, "[]");
            for (int i = 0; i < sequence.items.size(); i++) sequence.items.get(i).flatten(path + "[" + i + "]", values);
        }
        if (this instanceof Mapping mapping) {
            if (mapping.entries.isEmpty()) values.put(path, "{}");
            mapping.entries.forEach((key, entry) -> entry.value().flatten(path.isEmpty() ? key : path + "." + key, values));
        }
    }

    /** How a message shows it. */
    default String shown() {
        if (this instanceof Sequence) return "a list";
        if (this instanceof Mapping) return "a map";
        if (isNull()) return "empty";
        Scalar scalar = (Scalar) this;
        String text = scalar.text.length() > 60 ? scalar.text.substring(0, 60) + "…" : scalar.text;
        boolean number = scalar.plain && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE_".indexOf(c) >= 0);
        return number ? text : "'" + text + "'";
    }
}
