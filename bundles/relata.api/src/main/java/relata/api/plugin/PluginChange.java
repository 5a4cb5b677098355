package relata.api.plugin;

import java.time.Instant;
import java.util.List;

/**
 * A change of the installed plug-ins, made as a whole.
 *
 * @param generation its number; counts up by one
 * @param when when it was made
 * @param action what was asked for, e.g. {@code install}
 * @param current true if it is the present state
 * @param plugins names and versions of all that was installed after it
 * @param remarks what is to be known about it: warnings, and what waits for what
 */
public record PluginChange(int generation, Instant when, String action, boolean current, List<String> plugins, List<String> remarks) {
    public PluginChange {
        plugins = List.copyOf(plugins);
        remarks = List.copyOf(remarks);
    }
}
