package relata.cli;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Holds the commands that run one part alone. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "try", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Run one part alone, on your own input.")
public final class TryCommand implements Command, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what kind of part to try");
    }
}
