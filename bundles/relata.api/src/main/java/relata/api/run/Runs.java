package relata.api.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The runs in a folder. A service of the platform. */
@ProviderType
public interface Runs {
    /** Makes a new run folder for a recipe under {@code root}. */
    default RunFolder create(Path root, Recipe recipe) throws IOException {
        return create(root, recipe, Optional.empty());
    }

    /** Makes a new run folder for a recipe under {@code root}. @param group the group that it is one of */
    RunFolder create(Path root, Recipe recipe, Optional<RunGroup> group) throws IOException;

    /** An id that no group under {@code root} has. */
    String newGroup(Path root, Recipe recipe) throws IOException;

    /**
     * Takes the lock of a group, until {@code close}: held by who works on its runs one after the other, as those that are still to be made seem to be missing for all others.
     *
     * @param group its id
     * @throws IllegalStateException if it is held, by another process or by this one
     */
    AutoCloseable lockGroup(Path root, String group) throws IOException;

    /**
     * Opens a run by id, unique beginning of an id, path, or {@code last}.
     *
     * @throws IOException if there is none or the name is not unique; the message lists what there is
     */
    RunFolder open(Path root, String run) throws IOException;

    /** All runs, oldest first. */
    List<RunFolder> list(Path root) throws IOException;

    /** Deletes a run. @throws IOException if it is running */
    void remove(RunFolder run) throws IOException;
}
