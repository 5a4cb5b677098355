package relata.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import relata.api.component.Default;
import relata.api.component.Range;
import relata.api.component.Ref;

/**
 * Makes settings records as a recipe would, from their {@link Default}s and a few values, without a recipe.
 *
 * <p>A value is what the record wants ({@code 0.5}, an enum constant, a list, a record, a {@link Ref}) or the text that a recipe would hold
 * ({@code "0.5"}, {@code "mean"}, {@code "{ use: cosine }"}). {@link Range}s are checked.
 */
public final class Settings {
    private Settings() {}

    /** Everything at its default. @throws IllegalArgumentException if a setting is required, or a default does not fit */
    public static <C extends Record> C of(Class<C> record) {
        return of(record, Map.of());
    }

    /** Defaults, but for some values by setting name. @throws IllegalArgumentException if a value is missing, unknown or does not fit */
    public static <C extends Record> C of(Class<C> record, Map<String, ?> values) {
        return of(record, values, TestParts.of());
    }

    /** The same, with providers for what {@code { use: NAME }} names. */
    public static <C extends Record> C of(Class<C> record, Map<String, ?> values, TestParts parts) {
        RecordComponent[] components = record.getRecordComponents();
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        for (RecordComponent c : components) unknown.remove(c.getName());
        if (!unknown.isEmpty())
            throw new IllegalArgumentException(record.getName() + " has no setting " + unknown + "; it has: " + Arrays.stream(components).map(RecordComponent::getName).toList());
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) arguments[i] = setting(record, components[i], values, parts);
        return make(record, Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new), arguments);
    }

    private static Object setting(Class<?> record, RecordComponent component, Map<String, ?> values, TestParts parts) {
        String where = record.getSimpleName() + "." + component.getName();
        Object value;
        Default text = component.getAnnotation(Default.class);
        if (values.containsKey(component.getName())) value = values.get(component.getName());
        else if (text != null) value = FlowYaml.parse(text.value());
        else if (component.getType() == Optional.class) return Optional.empty();
        else throw new IllegalArgumentException(where + " has no default and was not given");
        Object bound = bind(component.getGenericType(), value, where, parts);
        Range range = component.getAnnotation(Range.class);
        if (range != null) check(range.value(), bound, where);
        return bound;
    }

    private static Object bind(Type type, Object value, String where, TestParts parts) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
        try {
            if (raw == String.class) return String.valueOf(value);
            if (value instanceof String text && text.strip().matches("(?s)[\\[{].*")) value = FlowYaml.parse(text);
            if (raw == int.class || raw == Integer.class) return Integer.valueOf(String.valueOf(value).strip());
            if (raw == long.class || raw == Long.class) return Long.valueOf(String.valueOf(value).strip());
            if (raw == double.class || raw == Double.class) return Double.valueOf(String.valueOf(value).strip());
            if ((raw == boolean.class || raw == Boolean.class) && String.valueOf(value).matches("true|false")) return Boolean.valueOf(String.valueOf(value));
            if (raw == Path.class) return Path.of(String.valueOf(value));
            if (raw == Optional.class) return value instanceof Optional ? value : Optional.of(bind(argument(type, 0), value, where, parts));
            if (raw == List.class && value instanceof List<?> list) return list.stream().map(v -> bind(argument(type, 0), v, where, parts)).toList();
            if (raw == Map.class && value instanceof Map<?, ?> map) {
                Map<String, Object> bound = new LinkedHashMap<>();
                map.forEach((k, v) -> bound.put(String.valueOf(k), bind(argument(type, 1), v, where + "." + k, parts)));
                return bound;
            }
            if (raw.isInstance(value)) return value;
            if (raw == Ref.class) return reference((Class<?>) argument(type, 0), value, parts);
            if (raw.isEnum())
                for (Object constant : raw.getEnumConstants())
                    if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) return constant;
            if (raw.isRecord() && value instanceof Map<?, ?> map) return of(raw.asSubclass(Record.class), text(map), parts);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + " was '" + value + "' but must be a number", e);
        }
        throw new IllegalArgumentException(where + " was '" + value + "' but must be a " + type.getTypeName());
    }

    private static Ref<?> reference(Class<?> kind, Object value, TestParts parts) {
        if (!(value instanceof Map<?, ?> map)) return parts.ref(kind, String.valueOf(value), Map.of());
        return parts.ref(kind, String.valueOf(map.get("use")), map.get("with") instanceof Map<?, ?> with ? text(with) : Map.of());
    }

    private static Map<String, Object> text(Map<?, ?> map) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((k, v) -> entries.put(String.valueOf(k), v));
        return entries;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static void check(String range, Object value, String where) {
        if (value instanceof Optional<?> optional) optional.ifPresent(v -> check(range, v, where));
        else if (value instanceof List<?> list) list.forEach(v -> check(range, v, where));
        else if (value instanceof Number number) {
            String[] ends = range.substring(1, range.length() - 1).split(",");
            double low = end(ends[0]);
            double high = end(ends[1]);
            double x = number.doubleValue();
            boolean above = range.startsWith("[") ? x >= low : x > low;
            boolean below = range.endsWith("]") ? x <= high : x < high;
            if (!above || !below) throw new IllegalArgumentException(where + " was " + value + " but must be in " + range);
        }
    }

    private static double end(String text) {
        String number = text.strip();
        return number.endsWith("inf") ? number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY : Double.parseDouble(number);
    }

    private static <C extends Record> C make(Class<C> record, Class<?>[] types, Object[] arguments) {
        try {
            Constructor<C> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(record + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record + " cannot be made", e);
        }
    }
}
