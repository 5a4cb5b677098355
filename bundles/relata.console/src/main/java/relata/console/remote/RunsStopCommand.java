package relata.console.remote;

import java.io.InputStream;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Stops a run of a server. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=runs", "relata.command.connect=true"})
@picocli.CommandLine.Command(name = "stop", mixinStandardHelpOptions = true, description = "Stop a run of the server at its next safe point; 'run --resume' goes on.")
public final class RunsStopCommand implements Command, Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "Its whole id, or 'last'.")
    private String run = "";

    @Override
    public Integer call() throws Exception {
        String status = Server.of(spec).send("POST", "/runs/" + Server.word(run) + "/stop", "", InputStream.nullInputStream()).get("status").getAsString();
        spec.commandLine().getOut().println(run + ": " + status);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
