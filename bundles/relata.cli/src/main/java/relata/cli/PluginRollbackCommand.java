package relata.cli;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.plugin.PluginException;
import relata.api.run.Command;

/** Goes back to an earlier state of the plug-ins. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "rollback", mixinStandardHelpOptions = true, description = "Go back to the plug-ins before the last change, or after an earlier one; 'relata plugin history' numbers them.")
public final class PluginRollbackCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--to", paramLabel = "NUMBER", defaultValue = "-1", showDefaultValue = Help.Visibility.NEVER, description = "The change whose outcome to go back to; 0 is the beginning.")
    private int to = -1;

    @Option(names = "--restart", description = "Only write it down: takes effect when a platform starts. For what cannot change in a running one.")
    private boolean restart;

    /** With the platform's services. */
    @Activate
    public PluginRollbackCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, PluginException {
        PluginChanges.print(services.plugins(restart).rollback(to), spec.commandLine());
        return 0;
    }
}
