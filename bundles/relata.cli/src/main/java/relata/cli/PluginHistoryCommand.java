package relata.cli;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.plugin.PluginChange;
import relata.api.run.Command;

/** Lists the changes of plug-ins. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "history", mixinStandardHelpOptions = true, description = "List the changes of plug-ins that 'relata plugin rollback --to NUMBER' can go back to, oldest first.")
public final class PluginHistoryCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public PluginHistoryCommand(@Reference Services services) {
        this.services = services;
    }

    /** A change with its time as text. */
    private record Line(int number, String time, String action, boolean current, List<String> plugins) {}

    @Override
    public Integer call() throws Failure {
        List<PluginChange> changes = services.plugins(false).history();
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(changes.stream().map(c -> new Line(c.generation(), c.when().toString(), c.action(), c.current(), c.plugins())).toList()));
        else {
            Table table = new Table();
            for (PluginChange c : changes)
                table.row((c.current() ? "* " : "  ") + c.generation(), c.generation() == 0 ? "" : c.when().truncatedTo(ChronoUnit.SECONDS), c.action(), c.plugins().isEmpty() ? "none" : String.join(", ", c.plugins()));
            out.print(table);
        }
        out.flush();
        return 0;
    }
}
