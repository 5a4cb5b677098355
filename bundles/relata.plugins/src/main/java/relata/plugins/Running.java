package relata.plugins;

import java.util.List;
import org.osgi.framework.Bundle;
import relata.plugins.State.Entry;

/**
 * A plug-in in this process.
 *
 * @param entry what was installed
 * @param bundle what was made of it
 * @param parts as {@code kind name}
 */
record Running(Entry entry, Bundle bundle, List<String> parts) {
    Running {
        parts = List.copyOf(parts);
    }

    long id() {
        return bundle.getBundleId();
    }

    Running parts(List<String> found) {
        return new Running(entry, bundle, found);
    }
}
