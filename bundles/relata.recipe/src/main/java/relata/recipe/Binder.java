package relata.recipe;

import static relata.recipe.TreeReader.join;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.run.Mistake;

/**
 * Makes records of trees, guided by the records' types and annotations. It goes on after a mistake, so that all are found; an empty
 * result means that at least one was added to the list.
 */
final class Binder {
    /** A setting that names a stage. */
    record StageName(String path, int line, String stage, List<String> outputs) {}

    /** A key of a map. */
    record Key(String name, int line) {}

    private final Catalogue catalogue;
    private final Overrides overrides;
    private final List<Mistake> mistakes;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, List<Key>> keys = new LinkedHashMap<>();
    private final Map<Class<?>, List<Setting>> known = new HashMap<>();
    private final List<StageName> stageNames = new ArrayList<>();
    /** Parts that are being bound from defaults: a part in it twice would go on for ever. */
    private final Deque<Part> defaults = new ArrayDeque<>();
    private boolean inDefault;

    Binder(Catalogue catalogue, Overrides overrides, List<Mistake> mistakes) {
        this.catalogue = catalogue;
        this.overrides = overrides;
        this.mistakes = mistakes;
    }

    /** Binds a reference to a part of a kind, at the root. */
    Optional<Ref<?>> ref(Tree tree, String kind) {
        return ref(tree, Optional.empty(), kind, "").map(r -> (Ref<?>) r);
    }

    /** The part that was chosen at a path, if it is installed. */
    Optional<Part> part(String path) {
        return Optional.ofNullable(parts.get(path));
    }

    /** The keys of the map at a path. */
    List<Key> keys(String path) {
        return keys.getOrDefault(path, List.of());
    }

    /** All settings that name stages, in the order of binding. */
    List<StageName> stageNames() {
        return stageNames;
    }

    /**
     * Binds a record.
     *
     * @param path of the record, empty at the root
     * @param line for what is missing
     * @param whose ends the sentence <em>x is not ...</em>, e.g. {@code a setting of 'nt-xent'}
     */
    <R extends Record> Optional<R> record(Class<R> type, Tree.Mapping given, String path, int line, String whose) {
        List<Setting> settings;
        try {
            settings = known.computeIfAbsent(type, t -> Setting.of(type));
        } catch (LinkageError | RuntimeException e) {
            // a plug-in that is broken must not hide the other mistakes
            mistake(line, path, "cannot be set: the settings " + type.getName() + " are broken (" + e + ").");
            return Optional.empty();
        }
        List<String> names = settings.stream().map(Setting::name).toList();
        given.entries().forEach((key, entry) -> {
            if (!names.contains(key)) unknown(entry.line(), join(path, key), key, whose, names);
        });
        for (String inside : overrides.inside(path)) {
            String key = Overrides.first(inside);
            if (!names.contains(key) && !given.entries().containsKey(key)) unknown(0, join(path, key), key, whose, names);
        }
        List<Object> values = new ArrayList<>();
        for (Setting setting : settings) setting(setting, given, join(path, setting.name()), line).ifPresent(values::add);
        return values.size() == settings.size() ? construct(type, values, path, line) : Optional.empty();
    }

    private void unknown(int line, String path, String key, String whose, List<String> names) {
        mistake(line, path, "is not " + whose + ". " + Names.known("Known", names, key, "It has none."));
        overrides.forgive(path);
    }

    private <R extends Record> Optional<R> construct(Class<R> type, List<Object> values, String path, int line) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values.toArray()));
        } catch (InvocationTargetException e) {
            String message = e.getCause().getMessage();
            mistake(line, path, message == null ? "was refused: " + e.getCause() + "." : message);
        } catch (ReflectiveOperationException | LinkageError e) {
            mistake(line, path, "cannot be set: the settings " + type.getName() + " are broken (" + e + ").");
        }
        return Optional.empty();
    }

    private Optional<Object> setting(Setting setting, Tree.Mapping given, String path, int line) {
        Optional<Tree> written = given.get(setting.name());
        if (written.isPresent()) return bind(completed(written.get(), setting, path), setting.type(), setting, path);
        if (setting.standard().isPresent()) {
            boolean before = inDefault;
            inDefault = true;
            try {
                return standard(setting, path, line).flatMap(tree -> bind(tree, setting.type(), setting, path));
            } finally {
                inDefault = before;
            }
        }
        if (overrides.reach(path)) {
            boolean list = overrides.inside(path).stream().anyMatch(p -> p.startsWith("["));
            return bind(list ? new Tree.Sequence(List.of(), 0) : new Tree.Mapping(Map.of(), 0), setting.type(), setting, path);
        }
        if (Types.raw(setting.type()) == Optional.class) return Optional.of(Optional.empty());
        mistake(line, path, "is required but not given." + Names.sentence(setting.doc()));
        return Optional.empty();
    }

    /** The default as a tree; empty text is an empty string. */
    private Optional<Tree> standard(Setting setting, String path, int line) {
        int before = mistakes.size();
        Optional<Tree> tree = TreeReader.read(setting.standard().orElseThrow(), path, line, mistakes);
        if (mistakes.size() > before) return Optional.empty();
        return Optional.of(tree.orElse(new Tree.Scalar("", Types.raw(setting.type()) != String.class, line)));
    }

    /** A part written without {@code use} changes settings of the default part. */
    private Tree completed(Tree written, Setting setting, String path) {
        boolean ref = Types.raw(setting.type()) == Ref.class || Types.raw(setting.type()) == Optional.class && Types.raw(Types.argument(setting.type(), 0)) == Ref.class;
        if (!ref || setting.standard().isEmpty() || !(written instanceof Tree.Mapping mapping) || mapping.entries().containsKey("use")) return written;
        Optional<Tree> standard = standard(setting, path, written.line());
        if (standard.isEmpty() || standard.get().isNull()) return written;
        return Tree.completed(mapping, standard.get());
    }

    private Optional<Object> bind(Tree tree, Type type, Setting setting, String path) {
        Optional<Tree> override = overrides.at(path);
        boolean before = inDefault;
        if (override.isPresent()) inDefault = false;
        try {
            Class<?> raw = Types.raw(type);
            if (raw == Ref.class) return ref(tree, override, Catalogue.kind(Types.raw(Types.argument(type, 0))), path);
            Tree value = override.orElse(tree);
            if (raw == Optional.class) {
                if (value.isNull() && overrides.inside(path).isEmpty()) return Optional.of(Optional.empty());
                return bind(tree, Types.argument(type, 0), setting, path).map(Optional::of);
            }
            if (raw == List.class) return list(value, Types.argument(type, 0), setting, path);
            if (raw == Map.class) return map(value, Types.argument(type, 1), setting, path);
            if (raw.isRecord()) return nested(value, raw.asSubclass(Record.class), path);
            return scalar(value, raw, setting, path);
        } finally {
            inDefault = before;
        }
    }

    private Optional<Object> list(Tree value, Type element, Setting setting, String path) {
        if (value.isNull() && overrides.inside(path).isEmpty()) return wrong(value, path, "must be a list. Write [] for an empty one.");
        // a single value stands for a list of one; its path needs no index unless an override uses one
        if (!(value instanceof Tree.Sequence) && !value.isNull() && overrides.inside(path).stream().noneMatch(p -> p.startsWith("["))) return bind(value, element, setting, path).map(List::of);
        List<Tree> items = new ArrayList<>(value instanceof Tree.Sequence s ? s.items() : value.isNull() ? List.of() : List.of(value));
        while (overrides.reach(path + "[" + items.size() + "]")) items.add(new Tree.Mapping(Map.of(), 0));
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) bind(items.get(i), element, setting, path + "[" + i + "]").ifPresent(bound::add);
        return bound.size() == items.size() ? Optional.of(List.copyOf(bound)) : Optional.empty();
    }

    private Optional<Object> map(Tree value, Type element, Setting setting, String path) {
        if (!(value instanceof Tree.Mapping mapping)) return wrong(value, path, "must be a map. Write {} for an empty one.");
        Map<String, Tree.Entry> entries = new LinkedHashMap<>(mapping.entries());
        List<String> inside = overrides.inside(path);
        for (String p : inside) {
            String key = Overrides.first(p);
            boolean whole = p.equals(key) || p.equals(key + ".use");
            if (whole && !key.isEmpty()) entries.putIfAbsent(key, new Tree.Entry(0, new Tree.Mapping(Map.of(), 0)));
        }
        for (String p : inside) {
            if (entries.keySet().stream().anyMatch(k -> p.equals(k) || p.startsWith(k + ".") || p.startsWith(k + "["))) continue;
            String key = Overrides.first(p);
            mistake(0, join(path, p), "leads nowhere: " + path + " has no '" + key + "'. " + Names.known("There are", entries.keySet(), key, "It is empty."));
            overrides.forgive(join(path, p));
        }
        keys.put(path, entries.entrySet().stream().map(e -> new Key(e.getKey(), e.getValue().line())).toList());
        Map<String, Object> bound = new LinkedHashMap<>();
        entries.forEach((key, entry) -> bind(entry.value(), element, setting, join(path, key)).ifPresent(v -> bound.put(key, v)));
        return bound.size() == entries.size() ? Optional.of(Collections.unmodifiableMap(bound)) : Optional.empty();
    }

    private Optional<Object> nested(Tree value, Class<? extends Record> type, String path) {
        if (value instanceof Tree.Mapping mapping) return record(type, mapping, path, value.line(), "a key here").map(r -> r);
        List<String> names = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
        return wrong(value, path, "must be a map with the keys " + String.join(", ", names) + ".");
    }

    private Optional<Object> scalar(Tree value, Class<?> type, Setting setting, String path) {
        // on the command line nothing is how an empty text is written
        boolean emptyText = type == String.class && value.line() == 0 && value.equals(new Tree.Scalar("", true, 0));
        if (!(value instanceof Tree.Scalar scalar) || value.isNull() && !emptyText) return wrong(value, path, Scalars.rule(type));
        try {
            Object bound = Scalars.read(type, scalar.text());
            if (bound instanceof Number number && setting.range().isPresent() && !setting.range().get().contains(number.doubleValue()))
                return wrong(value, path, "must be in " + setting.range().get().text() + ".");
            if (!setting.outputs().isEmpty()) stageNames.add(new StageName(path, value.line(), scalar.text(), setting.outputs()));
            return Optional.of(bound);
        } catch (Scalars.Misfit e) {
            return wrong(value, path, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Object> ref(Tree tree, Optional<Tree> override, String kind, String path) {
        // an override that is only a name chooses another part and keeps the settings if it is the same
        Tree base = override.filter(o -> !(o instanceof Tree.Scalar)).orElse(tree);
        List<String> installed = catalogue.parts(kind).stream().map(Part::name).distinct().toList();
        if (base instanceof Tree.Sequence) return wrong(base, path, "must be one part: { use: NAME, with: { … } }.");
        Optional<Tree> written = base instanceof Tree.Mapping m ? m.get("use") : Optional.of(base);
        Optional<Tree> chosen = overrides.at(join(path, "use")).or(() -> override.filter(o -> o instanceof Tree.Scalar)).or(() -> written);
        if (chosen.filter(c -> !c.isNull()).isEmpty()) {
            mistake(base.line(), path, "names no " + kind + ": write { use: NAME, with: { … } }. " + Names.known("Installed", installed, "", "None is installed."));
            overrides.forgive(path);
            return Optional.empty();
        }
        for (String inside : overrides.inside(path)) {
            String key = Overrides.first(inside);
            if (!key.equals("use") && !key.equals("with")) misplaced(0, join(path, inside));
        }
        if (base instanceof Tree.Mapping m) m.entries().forEach((key, entry) -> {
            if (!key.equals("use") && !key.equals("with")) misplaced(entry.line(), join(path, key));
        });
        if (!(chosen.get() instanceof Tree.Scalar name)) return wrong(chosen.get(), join(path, "use"), "must be the name of a part. " + Names.known("Installed", installed, "", "None is installed."));
        Optional<Part> part = catalogue.find(kind, name.text());
        if (part.isEmpty()) {
            mistake(name.line(), path, "no " + kind + " is called '" + name.text() + "'. " + Names.known("Installed", installed, name.text(), "No part of this kind is installed."));
            overrides.forgive(path);
            return Optional.empty();
        }
        parts.put(path, part.get());
        boolean other = written.isPresent() && written.get() instanceof Tree.Scalar w && !w.isNull() && !w.text().equals(name.text());
        Optional<Tree> with = overrides.at(join(path, "with")).or(() -> other || !(base instanceof Tree.Mapping m) ? Optional.empty() : m.get("with")).filter(w -> !w.isNull());
        if (with.isPresent() && !(with.get() instanceof Tree.Mapping)) return wrong(with.get(), join(path, "with"), "must be a map of settings.");
        return configured(part.get(), with.isPresent() ? (Tree.Mapping) with.get() : new Tree.Mapping(Map.of(), name.line()), path, name.line());
    }

    private Optional<Object> configured(Part part, Tree.Mapping with, String path, int line) {
        if (inDefault && defaults.contains(part)) {
            mistake(line, path, "is '" + part.name() + "' inside '" + part.name() + "' by default, without end. Give another.");
            return Optional.empty();
        }
        if (inDefault) defaults.push(part);
        try {
            return record(part.config(), with, join(path, "with"), line, "a setting of '" + part.name() + "'").map(config -> ref(part.type(), part.name(), config));
        } finally {
            if (inDefault) defaults.pop();
        }
    }

    private static <T> Ref<T> ref(Class<T> type, String name, Record config) {
        return new Ref<>(type, name, config);
    }

    private void misplaced(int line, String path) {
        mistake(line, path, "is not a key of a part. Known: use, with. Settings stand inside 'with'.");
        overrides.forgive(path);
    }

    private Optional<Object> wrong(Tree value, String path, String rule) {
        mistake(value.line(), path, "was " + value.shown() + " but " + rule);
        overrides.forgive(path);
        return Optional.empty();
    }

    private void mistake(int line, String path, String message) {
        mistakes.add(new Mistake(line, path, message + (inDefault ? " (This is the default.)" : "")));
    }
}
