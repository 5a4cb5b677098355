package relata.cli;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Prints a completion script for the commands that are installed now. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "completion", mixinStandardHelpOptions = true,
        description = "Print a script for tab completion in bash and zsh; use it by: source <(relata completion)")
public final class CompletionCommand implements Command, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash("relata", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
