package relata.cli;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Holds the commands for plug-ins. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "plugin", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Install, check, update and remove plug-ins.")
public final class PluginCommand implements Command, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with plug-ins");
    }
}
