package relata.api.component;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A setting of a part, as people read it.
 *
 * @param name its key; those of a nested record after a dot
 * @param type what may stand there, in words
 * @param required true if a recipe must give it
 * @param standard the YAML value that holds if none is given, or an empty string
 * @param range the interval of a number, or an empty string
 * @param doc one sentence
 */
public record Setting(String name, String type, boolean required, String standard, String range, String doc) {
    /** The settings of a record, nested ones after the one that holds them. */
    public static List<Setting> of(Class<? extends Record> config) {
        List<Setting> settings = new ArrayList<>();
        add(config, "", settings);
        return settings;
    }

    private static void add(Class<?> config, String prefix, List<Setting> settings) {
        for (RecordComponent component : config.getRecordComponents()) {
            Type type = component.getGenericType();
            Optional<String> standard = Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
            boolean optional = component.getType() == Optional.class;
            String range = Optional.ofNullable(component.getAnnotation(Range.class)).map(Range::value).orElse("");
            String doc = Optional.ofNullable(component.getAnnotation(Doc.class)).map(Doc::value).orElse("");
            settings.add(new Setting(prefix + component.getName(), words(type, component), standard.isEmpty() && !optional, standard.orElse(""), range, doc));
            Class<?> nested = raw(optional ? argument(type, 0) : type);
            if (nested.isRecord() && nested != Ref.class) add(nested, prefix + component.getName() + ".", settings);
        }
    }

    private static String words(Type type, AnnotatedElement marks) {
        Class<?> raw = raw(type);
        FromStage from = marks.getAnnotation(FromStage.class);
        if (raw == String.class && from != null) return "stage that gives " + String.join(" or ", from.value());
        if (raw == String.class) return marks.isAnnotationPresent(SplitName.class) ? "split" : "text";
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) return "whole number";
        if (raw == double.class || raw == Double.class) return "number";
        if (raw == boolean.class || raw == Boolean.class) return "true or false";
        if (raw == Path.class) return "path";
        if (raw.isEnum()) return Arrays.stream(raw.getEnumConstants()).map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-')).collect(Collectors.joining(" | "));
        if (raw == Optional.class) return words(argument(type, 0), marks);
        if (raw == List.class) return "list of " + words(argument(type, 0), marks);
        if (raw == Map.class) return "map to " + words(argument(type, 1), marks);
        if (raw == Ref.class) return Catalogue.kind(raw(argument(type, 0)));
        return "settings";
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType p ? p.getActualTypeArguments()[index] : Object.class;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) return c;
        return type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> c ? c : Object.class;
    }
}
