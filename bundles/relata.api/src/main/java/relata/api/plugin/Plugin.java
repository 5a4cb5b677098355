package relata.api.plugin;

import java.util.List;

/**
 * A plug-in, installed or looked at.
 *
 * @param name symbolic name of its bundle
 * @param version that bundle's version
 * @param sha256 of its file, in lower-case hex
 * @param origin where it came from: a file, {@code group:artifact:version}, or {@code folder:FILE} of the watched folder
 * @param feature the feature that it belongs to, or empty
 * @param state how it stands
 * @param parts what it offers, as {@code kind name}; empty while it is not active
 * @param remark why it is in this state, or what is to be known about it; often empty
 */
public record Plugin(String name, String version, String sha256, String origin, String feature, State state, List<String> parts, String remark) {
    /** How a plug-in stands in this process. */
    public enum State {
        /** Its parts can be used. */
        ACTIVE,
        /** Installed, but switched off. */
        DISABLED,
        /** Replaced or removed, and kept for work that began with it. */
        DRAINING,
        /** Installed, but it cannot be used; the remark says why. */
        BROKEN,
        /** Looked at, not installed. */
        CANDIDATE
    }

    public Plugin {
        parts = List.copyOf(parts);
    }

    /** Name and version. */
    public String title() {
        return name + " " + version;
    }
}
