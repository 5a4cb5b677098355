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
import relata.api.plugin.PluginException;
import relata.api.plugin.Plugins;
import relata.api.run.Command;

/** Checks plug-ins. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "verify", mixinStandardHelpOptions = true, description = "Check plug-ins as an installation would, without installing or starting them. Without a SOURCE: what is installed. Exit code 1 if one would be refused.")
public final class PluginVerifyCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "Jars, folders of jars, file: URLs, or group:artifact:version in the local Maven repository.")
    private List<String> sources = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public PluginVerifyCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, PluginException {
        Plugins plugins = services.plugins(false);
        List<Plugin> seen = sources.isEmpty() ? plugins.verify() : plugins.verify(sources);
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(seen));
        else {
            seen.forEach(p -> out.print(PluginChanges.table(p)));
            out.println(seen.isEmpty() ? "No plug-in is installed." : "Nothing is wrong.");
        }
        out.flush();
        return 0;
    }
}
