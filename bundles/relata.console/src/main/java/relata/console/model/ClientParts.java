package relata.console.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.console.rest.Json;
import relata.console.rest.Refusal;
import relata.console.rest.Role;

/** Parts by names and settings that clients send. Those that read files are not for everybody: a viewer must not learn what lies on the disk. */
@Component(service = ClientParts.class)
public final class ClientParts {
    private static final long MOST_COUNTED = 1_000_000_000;

    private final Catalogue catalogue;
    private final Recipes recipes;

    /** Over the installed parts. */
    @Activate
    public ClientParts(@Reference Catalogue catalogue, @Reference Recipes recipes) {
        this.catalogue = catalogue;
        this.recipes = recipes;
    }

    /**
     * A part.
     *
     * @param settings path within its settings to YAML value
     * @throws Refusal if there is no such part, or its settings name a file and the role may not start runs
     * @throws RecipeException with all that is wrong in the settings
     */
    <T> Ref<T> ref(Class<T> kind, String name, Map<String, String> settings, Role role) throws Refusal, RecipeException {
        String word = Catalogue.kind(kind);
        if (catalogue.find(word, name).isEmpty())
            throw new Refusal(404, "no-such-part", "No " + word + " is called '" + name + "'. Installed: " + String.join(", ", catalogue.parts(word).stream().map(Part::name).distinct().toList()) + ".");
        Ref<T> ref = cast(kind, recipes.part(word, name, settings));
        if (!role.includes(Role.RUNNER) && namesFile(ref.config())) throw new Refusal(403, "wrong-role", "The settings name a file or folder, which needs the role " + Role.RUNNER.word() + ".");
        return ref;
    }

    /** The first part of a kind that can be made without settings; empty if none can. @param kind its interface */
    <T> Optional<Ref<T>> any(Class<T> kind) {
        String word = Catalogue.kind(kind);
        for (Part part : catalogue.parts(word))
            try {
                Ref<T> ref = cast(kind, recipes.part(word, part.name(), Map.of()));
                if (!namesFile(ref.config())) return Optional.of(ref);
            } catch (RecipeException e) {
                // it needs a setting; perhaps another does not
            }
        return Optional.empty();
    }

    /** The parts of a kind that a recipe names in some of its settings, each once. @param path a regular expression of paths */
    <T> List<Ref<T>> named(Class<T> kind, Map<String, String> settings, String path) {
        List<Ref<T>> found = new ArrayList<>();
        settings.forEach((key, name) -> {
            if (!key.matches(path + "\\.use")) return;
            String prefix = key.substring(0, key.length() - "use".length()) + "with.";
            Map<String, String> own = new LinkedHashMap<>();
            settings.forEach((k, v) -> {
                if (k.startsWith(prefix)) own.put(k.substring(prefix.length()), yaml(v));
            });
            try {
                Ref<T> ref = cast(kind, recipes.part(Catalogue.kind(kind), name, own));
                if (!found.contains(ref)) found.add(ref);
            } catch (RecipeException e) {
                // no longer installed, or with other settings
            }
        });
        return found;
    }

    /** The reference in YAML, as a setting of another part. */
    String render(Ref<?> ref) {
        return recipes.render(ref);
    }

    /** True if a part of this kind and name is installed. */
    boolean has(String kind, String name) {
        return catalogue.find(kind, name).isPresent();
    }

    private static String yaml(String value) {
        return value.equals("[]") || value.equals("{}") || value.equals("null") ? value : Json.write(value);
    }

    private static <T> Ref<T> cast(Class<T> kind, Ref<?> ref) {
        if (ref.kind() != kind) throw new IllegalStateException("'" + ref.name() + "' is no " + kind.getSimpleName());
        return new Ref<>(kind, ref.name(), ref.config());
    }

    private static boolean namesFile(@Nullable Object value) {
        if (value instanceof Path) return true;
        if (value instanceof Ref<?> ref) return namesFile(ref.config());
        if (value instanceof Optional<?> optional) return optional.filter(ClientParts::namesFile).isPresent();
        if (value instanceof List<?> list) return list.stream().anyMatch(ClientParts::namesFile);
        if (value instanceof Map<?, ?> map) return map.values().stream().anyMatch(ClientParts::namesFile);
        if (value instanceof Record settings) for (RecordComponent component : settings.getClass().getRecordComponents()) if (namesFile(get(settings, component))) return true;
        return false;
    }

    /** How many views an augmenter is set to make of an example: the product of all its settings {@code views}, also those of parts within it; a billion at most. */
    static long views(@Nullable Object value) {
        long views = 1;
        if (value instanceof Ref<?> ref) return views(ref.config());
        if (value instanceof Optional<?> optional) return optional.map(ClientParts::views).orElse(1L);
        if (value instanceof List<?> list) for (Object item : list) views = times(views, views(item));
        if (value instanceof Map<?, ?> map) for (Object item : map.values()) views = times(views, views(item));
        if (value instanceof Record settings)
            for (RecordComponent component : settings.getClass().getRecordComponents()) {
                Object setting = get(settings, component);
                boolean number = component.getName().equals("views") && (setting instanceof Integer || setting instanceof Long);
                views = times(views, number ? ((Number) setting).longValue() : views(setting));
            }
        return views;
    }

    /** Without overflow. */
    private static long times(long one, long other) {
        return Math.min(one * Math.max(1, Math.min(other, MOST_COUNTED)), MOST_COUNTED);
    }

    private static @Nullable Object get(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the setting " + component.getName() + " of " + settings.getClass().getName() + " cannot be read: " + e, e);
        }
    }
}
