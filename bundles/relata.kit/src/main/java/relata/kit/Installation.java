package relata.kit;

import java.nio.file.Path;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/**
 * The installation of Relata that a plug-in is built against.
 *
 * @param home its folder
 * @param version of the platform, e.g. {@code 0.1.0}
 */
public record Installation(Path home, String version) {
    /** That of the platform that runs. */
    static Installation of(BundleContext context) {
        Version version = context.getBundle().getVersion();
        return new Installation(Path.of(Objects.requireNonNullElse(context.getProperty("relata.home"), ".")), version.getMajor() + "." + version.getMinor() + "." + version.getMicro());
    }

    /** The published parent of plug-ins. */
    public Path parent() {
        return home.resolve("repository/org/relata/relata.plugin.parent").resolve(version).resolve("relata.plugin.parent-" + version + ".pom");
    }
}
