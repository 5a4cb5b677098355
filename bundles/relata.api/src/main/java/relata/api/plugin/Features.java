package relata.api.plugin;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The features of an installation, and those that come to it later: their bundles are plug-ins, which come and go together. A service of the platform. */
@ProviderType
public interface Features {
    /** All features, by name. */
    List<Feature> list();

    /** What stands against installing a feature file, in sentences; empty if nothing does. Nothing is started. */
    List<String> check(Path file);

    /** Installs the bundles of a feature file that are not there yet, from beside the file or a local repository. @throws PluginException with all that is missing */
    PluginChange install(Path file) throws PluginException;

    /** Removes a feature that was installed later, with its bundles. @throws PluginException if it is part of the installation or not there */
    PluginChange remove(String name) throws PluginException;
}
