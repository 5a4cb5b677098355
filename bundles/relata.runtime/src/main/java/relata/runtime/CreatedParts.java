package relata.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;

/** Makes parts from the catalogue's providers. */
@Component(service = {Parts.class, CreatedParts.class})
public final class CreatedParts implements Parts {
    private final Supplier<Providers> providers;
    private final Path cache;

    @Activate
    public CreatedParts(@Reference PartCatalogue catalogue) {
        this(catalogue::all, userCache());
    }

    CreatedParts(Supplier<Providers> providers, Path cache) {
        this.providers = providers;
        this.cache = cache;
    }

    /** Makes parts from these providers alone. */
    CreatedParts from(Providers pinned) {
        return new CreatedParts(() -> pinned, cache);
    }

    @Override
    public <T> T create(Ref<T> ref) {
        return ref.kind().cast(create(providers.get().provider(ref), ref));
    }

    private <T, C extends Record> T create(ComponentProvider<T, C> provider, Ref<?> ref) {
        return provider.create(provider.configType().cast(ref.config()), this);
    }

    @Override
    public Path cache() {
        try {
            return Files.createDirectories(cache);
        } catch (IOException e) {
            throw new UncheckedIOException("the cache folder " + cache + " cannot be made (RELATA_CACHE names another): " + e.getMessage(), e);
        }
    }

    /** {@code $RELATA_CACHE}, else {@code $XDG_CACHE_HOME/relata}, else {@code ~/.cache/relata}. */
    static Path userCache() {
        String own = System.getenv("RELATA_CACHE");
        if (own != null && !own.isBlank()) return Path.of(own);
        String xdg = System.getenv("XDG_CACHE_HOME");
        return (xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache")).resolve("relata");
    }
}
