package relata.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.plugin.Plugin;
import relata.api.run.Command;

/** Shows one plug-in. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "info", mixinStandardHelpOptions = true, description = "Show what is known about a plug-in: version, hash, origin, parts.")
public final class PluginInfoCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public PluginInfoCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure {
        List<Plugin> all = services.plugins(false).list();
        List<Plugin> found = all.stream().filter(p -> p.name().equals(name)).toList();
        if (found.isEmpty()) throw Failure.wrongUse("no plug-in is called '" + name + "'. Installed: " + (all.isEmpty() ? "none" : String.join(", ", all.stream().map(Plugin::name).distinct().toList())) + ".");
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(found));
        else found.forEach(p -> out.print(PluginChanges.table(p)));
        out.flush();
        return 0;
    }
}
