package relata.cli;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Holds the commands for corpora. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "corpus", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Count what is in a corpus, check it, and write it in another format.")
public final class CorpusCommand implements Command, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with a corpus");
    }
}
