package relata.api.plugin;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plug-ins of an installation. A service of the platform.
 *
 * <p>Every change is made as a whole or not at all: the new versions are started beside the old ones, and only when all are well do new
 * runs see them. Runs that are under way keep what they began with. A change outlives the process; running platforms of the same
 * installation follow it.
 *
 * <p>A source is a jar, a folder of jars, a {@code file:} URL of either, or {@code group:artifact:version} in a local repository.
 */
@ProviderType
public interface Plugins {
    /** The same plug-ins; changes made through it are only written down and take effect when a platform starts: for what cannot change in a running one. */
    Plugins atRestart();

    /** All plug-ins, by name; those that drain come too. */
    List<Plugin> list();

    /** What is wrong with installed plug-ins, in sentences; empty if all is well. */
    List<String> problems();

    /** What bundles that do not resolve lack, in sentences: plug-ins, and bundles of the platform itself; empty if all resolve. */
    List<String> unresolved();

    /** Looks at plug-ins as an installation would, all checks included, without starting them. @throws PluginException with all that is wrong */
    List<Plugin> verify(List<String> sources) throws PluginException;

    /** Looks at everything that is installed: is each file still the one that was installed, and would it still be let in? */
    List<Plugin> verify() throws PluginException;

    /** Installs plug-ins that are not there yet. @throws PluginException if one cannot be; then none is */
    PluginChange install(List<String> sources) throws PluginException;

    /** Replaces plug-ins that are there by other versions or builds. @throws PluginException if one cannot be; then the old ones go on */
    PluginChange update(List<String> sources) throws PluginException;

    /**
     * Installs or replaces a plug-in that somebody sent.
     *
     * @param jar a copy that only this process may read; it is not needed afterwards
     * @param said what the file is called in messages and in the list of plug-ins, e.g. {@code the upload}
     * @param update true: as {@link #update}; false: as {@link #install}
     */
    default PluginChange receive(Path jar, String said, boolean update) throws PluginException {
        throw new UnsupportedOperationException("these plug-ins receive none");
    }

    /** Removes plug-ins by name. @throws PluginException if one is not there or others need it */
    PluginChange remove(List<String> names) throws PluginException;

    /** Switches plug-ins on or off by name. */
    PluginChange enable(List<String> names, boolean enabled) throws PluginException;

    /**
     * Goes back to the state before the last change, or to an earlier one.
     *
     * @param generation the change whose outcome to go back to, 0 the beginning; negative: the state before the last change
     */
    PluginChange rollback(int generation) throws PluginException;

    /** The changes that can be gone back to, oldest first. */
    List<PluginChange> history();

    /** Follows changes that other processes made, and takes in what lies new in the watched folder. Returns what was refused, in sentences. */
    List<String> follow();
}
