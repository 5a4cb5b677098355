package relata.api.plugin;

import java.util.List;

/**
 * A set of bundles that belong together, as a file of OSGi's feature JSON names them.
 *
 * @param name the file's name without {@code .json}
 * @param description one sentence, or empty
 * @param state how it stands
 * @param requires features that it needs
 * @param bundles as {@code group:artifact:version}
 */
public record Feature(String name, String description, State state, List<String> requires, List<String> bundles) {
    /** How a feature stands in this process. */
    public enum State {
        /** Part of the installation, and started. */
        STARTED,
        /** Part of the installation, but not started: {@code relata --features} chooses. */
        AVAILABLE,
        /** Installed later, with its bundles as plug-ins. */
        INSTALLED
    }

    public Feature {
        requires = List.copyOf(requires);
        bundles = List.copyOf(bundles);
    }
}
