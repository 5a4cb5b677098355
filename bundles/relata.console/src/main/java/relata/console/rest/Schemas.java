package relata.console.rest;

import com.google.gson.JsonElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import relata.api.component.Default;
import relata.api.component.Doc;

/** JSON Schemas of what goes in and out, made from the records themselves; as {@link Json} writes them. */
final class Schemas {
    private static final String PLACE = "#/components/schemas/";

    private final Map<String, Object> components = new TreeMap<>();
    private final Map<String, Class<?>> named = new HashMap<>();

    /** The schemas of all records that were asked for, by name. */
    Map<String, Object> components() {
        return components;
    }

    /** The schema of a type; that of a record is a reference to {@link #components}. */
    Map<String, Object> of(Type type) {
        if (type instanceof GenericArrayType array) return list(array.getGenericComponentType());
        Class<?> raw = raw(type);
        if (raw.isArray()) return list(raw.getComponentType());
        if (raw == Optional.class) return optional(of(argument(type, 0)));
        if (Collection.class.isAssignableFrom(raw)) return list(argument(type, 0));
        if (Map.class.isAssignableFrom(raw)) return schema("type", "object", "additionalProperties", of(argument(type, 1)));
        if (raw.isEnum()) return schema("type", "string", "enum", Arrays.stream(raw.getEnumConstants()).map(c -> Json.word((Enum<?>) c)).toList());
        return raw.isRecord() ? record(raw) : simple(raw);
    }

    private static Map<String, Object> simple(Class<?> raw) {
        if (raw == String.class) return schema("type", "string");
        if (raw == boolean.class || raw == Boolean.class) return schema("type", "boolean");
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) return schema("type", "integer");
        // null stands for what is no number
        if (raw == double.class || raw == Double.class || raw == float.class || raw == Float.class) return schema("type", List.of("number", "null"));
        if (raw == Instant.class) return schema("type", "string", "format", "date-time");
        if (raw == Object.class || JsonElement.class.isAssignableFrom(raw)) return new LinkedHashMap<>();
        throw new IllegalStateException("no schema for " + raw.getName() + ": what goes in and out is made of records, lists, maps, texts and numbers");
    }

    private Map<String, Object> list(Type element) {
        return schema("type", "array", "items", of(element));
    }

    private static Map<String, Object> optional(Map<String, Object> schema) {
        return schema("anyOf", List.of(schema, schema("type", "null")));
    }

    private Map<String, Object> record(Class<?> type) {
        String name = name(type);
        Class<?> before = named.put(name, type);
        if (before != null && before != type) throw new IllegalStateException(before.getName() + " and " + type.getName() + " would have the same name in the document of the API");
        if (before == null) components.put(name, fields(type));
        return schema("$ref", PLACE + name);
    }

    private Map<String, Object> fields(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = of(component.getGenericType());
            Doc doc = component.getAnnotation(Doc.class);
            if (doc != null) schema.put("description", doc.value());
            properties.put(component.getName(), schema);
            if (!component.isAnnotationPresent(Default.class)) required.add(component.getName());
        }
        Map<String, Object> all = schema("type", "object", "properties", properties, "additionalProperties", false);
        if (!required.isEmpty()) all.put("required", required);
        return all;
    }

    /** {@code RunsResource.Page} is {@code RunsPage}. */
    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        String before = outer == null ? "" : outer.getSimpleName().replace("Resource", "");
        return type.getSimpleName().startsWith(before) ? type.getSimpleName() : before + type.getSimpleName();
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) return c;
        return type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> c ? c : Object.class;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType p ? p.getActualTypeArguments()[index] : Object.class;
    }

    /** @param entries keys and values by turns */
    static Map<String, Object> schema(Object... entries) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) schema.put((String) entries[i], entries[i + 1]);
        return schema;
    }
}
