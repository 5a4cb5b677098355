package relata.cli;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Holds the commands for features. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "feature", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "List, check, install and remove features.")
public final class FeatureCommand implements Command, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with features");
    }
}
