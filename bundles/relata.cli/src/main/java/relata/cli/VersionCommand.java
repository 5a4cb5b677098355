package relata.cli;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Prints the version. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version of Relata and of Java.")
public final class VersionCommand implements Command, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        for (String line : new Version().getVersion()) spec.commandLine().getOut().println(line);
    }
}
