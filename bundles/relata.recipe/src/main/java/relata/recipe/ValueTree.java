package relata.recipe;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Ref;

/** The way back from {@link Binder}: values to trees, with every setting written out. */
final class ValueTree {
    private ValueTree() {}

    static Tree of(Object value) {
        if (value instanceof Optional<?> o) return o.isPresent() ? of(o.get()) : plain("null");
        if (value instanceof Ref<?> ref) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("use", ref.name());
            Tree.Mapping with = record(ref.config());
            if (!with.entries().isEmpty()) keys.put("with", with);
            return of(keys);
        }
        if (value instanceof Tree tree) return tree;
        if (value instanceof Record record) return record(record);
        if (value instanceof List<?> list) return new Tree.Sequence(list.stream().map(ValueTree::of).toList(), 0);
        if (value instanceof Map<?, ?> map) {
            Map<String, Tree.Entry> entries = new LinkedHashMap<>();
            map.forEach((k, v) -> entries.put((String) k, new Tree.Entry(0, of(v))));
            return new Tree.Mapping(entries, 0);
        }
        if (value instanceof Double number) return plain(number(number));
        if (value instanceof Number || value instanceof Boolean) return plain(value.toString());
        if (value instanceof Enum<?> constant) return text(Names.of(constant));
        if (value instanceof String || value instanceof Path) return text(value.toString());
        throw new IllegalArgumentException("a setting has the value " + value + " of type " + value.getClass().getName() + ", which cannot be written in a recipe");
    }

    /** All settings of a record in its order; an empty one is left out, unless leaving it out would bring back a default. */
    private static Tree.Mapping record(Record record) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        List<Setting> settings = Setting.of(record.getClass());
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object value = value(record, components[i]);
            boolean silent = value instanceof Optional<?> o && o.isEmpty() && settings.get(i).standard().isEmpty();
            if (!silent) entries.put(components[i].getName(), new Tree.Entry(0, of(value)));
        }
        return new Tree.Mapping(entries, 0);
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + record.getClass().getName() + ": " + e, e);
        }
    }

    /** The shortest that reads well: {@code 2e-5}, {@code 0.1}, {@code 64}. */
    private static String number(double value) {
        if (Double.isInfinite(value)) return value > 0 ? ".inf" : "-.inf";
        String text = Double.toString(value).replace("E", "e").replace(".0e", "e");
        return text.endsWith(".0") && !text.equals("-0.0") ? text.substring(0, text.length() - 2) : text;
    }

    private static Tree plain(String text) {
        return new Tree.Scalar(text, true, 0);
    }

    private static Tree text(String text) {
        return new Tree.Scalar(text, false, 0);
    }
}
