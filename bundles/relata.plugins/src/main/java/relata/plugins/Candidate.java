package relata.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import org.osgi.framework.Version;
import relata.plugins.State.Entry;

/**
 * A jar in staging that passed all checks that can be made without running it.
 *
 * @param staged where it lies
 * @param origin where it came from
 * @param feature the feature that it belongs to, or empty
 * @param headers of its manifest
 * @param remarks warnings
 */
record Candidate(Path staged, String sha256, String origin, String feature, String name, Version version, Attributes headers, List<String> remarks) {
    Candidate {
        remarks = List.copyOf(remarks);
    }

    String title() {
        return name + " " + version;
    }

    Entry entry() {
        return new Entry(name, version.toString(), sha256, origin, feature, true);
    }
}
