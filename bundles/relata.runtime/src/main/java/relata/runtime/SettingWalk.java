package relata.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relata.api.component.Ref;
import relata.api.component.SplitName;
import relata.api.corpus.CorpusReader;

/** Looks through settings records, nested ones and those of references included. */
final class SettingWalk {
    /** A setting and where it is. */
    record Found(String path, String value) {}

    /** A reference to a part and where it is. */
    record FoundPart(String path, Ref<?> ref) {}

    private SettingWalk() {}

    /** All settings marked {@link SplitName}. */
    static List<Found> splits(Record config, String path) {
        List<Found> found = new ArrayList<>();
        walk(config, path, found);
        return found;
    }

    /** The corpus that a stage names for itself: its setting {@code corpus}. */
    static Optional<Ref<CorpusReader>> corpus(Record config) {
        for (RecordComponent c : config.getClass().getRecordComponents()) {
            if (!c.getName().equals("corpus")) continue;
            Object value = get(c, config);
            if (value instanceof Optional<?> o) value = o.orElse(null);
            if (value instanceof Ref<?> ref && ref.kind() == CorpusReader.class) return Optional.of(OpenModel.cast(CorpusReader.class, ref));
        }
        return Optional.empty();
    }

    /** All references to parts in settings, depth first, with {@code ref} itself first. */
    static List<Ref<?>> refs(Ref<?> ref) {
        List<Ref<?>> found = new ArrayList<>(List.of(ref));
        for (RecordComponent c : ref.config().getClass().getRecordComponents()) collect(get(c, ref.config()), found);
        return found;
    }

    /** All references to parts of a kind in settings, nested ones included. */
    static List<FoundPart> parts(Class<?> kind, @Nullable Object value, String path) {
        List<FoundPart> found = new ArrayList<>();
        if (value instanceof Ref<?> r) {
            if (r.kind() == kind) found.add(new FoundPart(path, r));
            found.addAll(parts(kind, r.config(), path + ".with"));
        } else if (value instanceof Optional<?> o) o.ifPresent(v -> found.addAll(parts(kind, v, path)));
        else if (value instanceof List<?> l) for (int i = 0; i < l.size(); i++) found.addAll(parts(kind, l.get(i), path + "[" + i + "]"));
        else if (value instanceof Map<?, ?> m) m.forEach((k, v) -> found.addAll(parts(kind, v, path + "." + k)));
        else if (value instanceof Record r) for (RecordComponent c : r.getClass().getRecordComponents()) found.addAll(parts(kind, get(c, r), path + "." + c.getName()));
        return found;
    }

    private static void collect(@Nullable Object value, List<Ref<?>> found) {
        if (value instanceof Ref<?> r) found.addAll(refs(r));
        else if (value instanceof Optional<?> o) o.ifPresent(v -> collect(v, found));
        else if (value instanceof List<?> l) l.forEach(v -> collect(v, found));
        else if (value instanceof Map<?, ?> m) m.values().forEach(v -> collect(v, found));
        else if (value instanceof Record r) for (RecordComponent c : r.getClass().getRecordComponents()) collect(get(c, r), found);
    }

    private static void walk(Record config, String path, List<Found> found) {
        for (RecordComponent c : config.getClass().getRecordComponents())
            value(get(c, config), path + "." + c.getName(), c.isAnnotationPresent(SplitName.class), found);
    }

    private static void value(@Nullable Object value, String path, boolean split, List<Found> found) {
        if (value instanceof String s && split) found.add(new Found(path, s));
        else if (value instanceof Ref<?> r) walk(r.config(), path + ".with", found);
        else if (value instanceof Optional<?> o) o.ifPresent(v -> value(v, path, split, found));
        else if (value instanceof Record r) walk(r, path, found);
        else if (value instanceof List<?> l) for (int i = 0; i < l.size(); i++) value(l.get(i), path + "[" + i + "]", split, found);
        else if (value instanceof Map<?, ?> m) m.forEach((k, v) -> value(v, path + "." + k, split, found));
    }

    private static @Nullable Object get(RecordComponent component, Record record) {
        try {
            // settings records are nested in package-private or public classes of other bundles
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("setting " + component.getName() + " of " + record.getClass().getName() + " cannot be read", e);
        }
    }
}
