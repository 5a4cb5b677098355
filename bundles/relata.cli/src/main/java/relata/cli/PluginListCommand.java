package relata.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.plugin.Plugin;
import relata.api.run.Command;

/** Lists the plug-ins. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "list", mixinStandardHelpOptions = true, description = "List the installed plug-ins and how they stand.")
public final class PluginListCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public PluginListCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure {
        List<Plugin> plugins = services.plugins(false).list();
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(plugins));
        else if (plugins.isEmpty()) out.println("No plug-in is installed.");
        else {
            Table table = new Table();
            for (Plugin p : plugins) table.row(p.name(), p.version(), p.state().name().toLowerCase(Locale.ROOT), String.join(", ", p.parts()) + (p.remark().isEmpty() ? "" : " - " + p.remark()));
            out.print(table);
        }
        out.flush();
        return 0;
    }
}
