package relata.cli;

import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.IVersionProvider;

/** The version of Relata: that of this bundle. */
final class Version implements IVersionProvider {
    /** For example {@code relata 0.1.0}. */
    static String text() {
        Bundle bundle = FrameworkUtil.getBundle(Version.class);
        return "relata " + (bundle == null ? "(not installed)" : Objects.toString(bundle.getVersion()));
    }

    @Override
    public String[] getVersion() {
        return new String[] {text(), "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")};
    }
}
