package relata.api.component;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What a provider may ask for while it makes a part. */
@ProviderType
public interface Parts {
    /**
     * Makes the part that a setting refers to.
     *
     * @throws IllegalStateException if the part is no longer installed
     */
    <T> T create(Ref<T> ref);

    /** Makes all of them, in order. */
    default <T> List<T> createAll(List<Ref<T>> refs) {
        return refs.stream().map(this::create).toList();
    }

    /** The user's cache folder, for what can be made again: parses, unpacked models. It exists. */
    Path cache();
}
