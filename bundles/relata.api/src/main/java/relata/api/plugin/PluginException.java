package relata.api.plugin;

import java.util.List;

/** A change of plug-ins is refused, and nothing has changed; the message is for people. */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> problems;

    /** @param problems a sentence each, at least one */
    public PluginException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** A single problem. */
    public PluginException(String problem) {
        this(List.of(problem));
    }

    /** All that stands against it. */
    public List<String> problems() {
        return problems;
    }
}
