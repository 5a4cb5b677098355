package relata.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginChange;

/** Plug-ins and their changes as text. */
final class PluginChanges {
    private PluginChanges() {}

    /** Says what is installed after a change; remarks go to where errors go. */
    static void print(PluginChange change, CommandLine line) {
        change.remarks().forEach(r -> line.getErr().println("relata: " + r));
        PrintWriter out = line.getOut();
        out.println("Change " + change.generation() + ". Installed: " + (change.plugins().isEmpty() ? "nothing" : String.join(", ", change.plugins())));
        out.flush();
    }

    /** All that is known about a plug-in. */
    static Table table(Plugin p) {
        Table table = new Table().row(p.title(), p.state().name().toLowerCase(Locale.ROOT)).row("  SHA-256", p.sha256()).row("  from", p.origin());
        if (!p.feature().isEmpty()) table.row("  feature", p.feature());
        if (!p.parts().isEmpty()) table.row("  parts", String.join(", ", p.parts()));
        if (!p.remark().isEmpty()) table.row("  remark", p.remark());
        return table;
    }
}
