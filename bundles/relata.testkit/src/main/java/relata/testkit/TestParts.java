package relata.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;

/** The parts of a test: makes what a few providers provide, without a platform. */
public final class TestParts implements Parts {
    private final List<ComponentProvider<?, ?>> providers;
    private @Nullable Path cache;

    private TestParts(List<ComponentProvider<?, ?>> providers) {
        this.providers = providers;
    }

    /** Parts from these providers; each class carries {@link ComponentName}. */
    public static TestParts of(ComponentProvider<?, ?>... providers) {
        return new TestParts(List.of(providers));
    }

    /**
     * A reference as a recipe's {@code { use: NAME, with: {...} }} makes it.
     *
     * @param with values by setting name, as {@link Settings} takes them
     * @throws IllegalArgumentException if no provider has that kind and name, or a value does not fit
     */
    public <T> Ref<T> ref(Class<T> kind, String name, Map<String, ?> with) {
        return new Ref<>(kind, name, Settings.of(provider(kind, name).configType(), with, this));
    }

    /** The same with all settings at their defaults. */
    public <T> Ref<T> ref(Class<T> kind, String name) {
        return ref(kind, name, Map.of());
    }

    /** A part with settings as {@link Settings} makes them. */
    public <T, C extends Record> T create(ComponentProvider<T, C> provider, Map<String, ?> with) {
        return provider.create(Settings.of(provider.configType(), with, this), this);
    }

    @Override
    public <T> T create(Ref<T> ref) {
        return ref.kind().cast(create(provider(ref.kind(), ref.name()), ref.config()));
    }

    private <T, C extends Record> T create(ComponentProvider<T, C> provider, Record config) {
        return provider.create(provider.configType().cast(config), this);
    }

    /** A folder of its own under the system's temporary folder, made on the first call and deleted when the tests' process ends. */
    @Override
    public synchronized Path cache() {
        try {
            if (cache == null) {
                Path made = Files.createTempDirectory("relata-test");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
                cache = made;
            }
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // it is only a temporary folder
            return;
        }
    }

    private ComponentProvider<?, ?> provider(Class<?> kind, String name) {
        return providers.stream().filter(p -> kind(p).equals(Optional.of(kind)) && name(p).equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("the test has no provider for " + kind.getSimpleName() + " '" + name + "'; it has: "
                        + providers.stream().map(p -> kind(p).map(Class::getSimpleName).orElse("?") + " '" + name(p) + "'").toList()));
    }

    /** The name that a provider's class carries, or nothing. */
    static String name(ComponentProvider<?, ?> provider) {
        ComponentName name = provider.getClass().getAnnotation(ComponentName.class);
        return name == null ? "" : name.value();
    }

    /** The kind that a provider's class names as its type argument, found as the platform finds it. */
    static Optional<Class<?>> kind(ComponentProvider<?, ?> provider) {
        for (Class<?> type = provider.getClass(); type != null; type = type.getSuperclass())
            for (Type parent : type.getGenericInterfaces())
                if (parent instanceof ParameterizedType p && p.getRawType() == ComponentProvider.class && p.getActualTypeArguments()[0] instanceof Class<?> kind)
                    return Optional.of(kind);
        return Optional.empty();
    }
}
