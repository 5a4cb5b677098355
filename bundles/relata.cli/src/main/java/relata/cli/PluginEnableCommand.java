package relata.cli;

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
import relata.api.plugin.PluginException;
import relata.api.run.Command;

/** Switches plug-ins on. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "enable", mixinStandardHelpOptions = true, description = "Switch plug-ins on that were switched off.")
public final class PluginEnableCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Their names, as 'relata plugin list' shows them.")
    private List<String> names = List.of();

    @Option(names = "--restart", description = "Only write it down: takes effect when a platform starts. For what cannot change in a running one.")
    private boolean restart;

    /** With the platform's services. */
    @Activate
    public PluginEnableCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, PluginException {
        PluginChanges.print(services.plugins(restart).enable(names, true), spec.commandLine());
        return 0;
    }
}
