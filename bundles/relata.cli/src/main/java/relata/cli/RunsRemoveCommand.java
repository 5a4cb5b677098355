package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;
import relata.api.run.RunFolder;

/** Deletes runs. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=runs")
@picocli.CommandLine.Command(name = "rm", mixinStandardHelpOptions = true, description = "Delete runs, with their checkpoints.")
public final class RunsRemoveCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Their ids, beginnings of ids, folders, or 'last'.")
    private List<String> named = List.of();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** With the platform's services. */
    @Activate
    public RunsRemoveCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, IOException {
        List<RunFolder> doomed = new ArrayList<>();
        // all are found before the first is deleted: 'last' means what it meant when it was typed
        for (String name : named) doomed.add(services.runs().open(runs, name));
        PrintWriter out = spec.commandLine().getOut();
        if (!yes) {
            if (!Terminal.ofProcess().interactive()) throw Failure.wrongUse("runs are deleted for good: say --yes");
            String answer = System.console().readLine("Delete %s for good? [y/N] ", String.join(", ", doomed.stream().map(RunFolder::id).toList()));
            if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
                out.println("Nothing was deleted.");
                return Failure.FAILED;
            }
        }
        for (RunFolder run : doomed) {
            services.runs().remove(run);
            out.println("Deleted " + run.id());
        }
        return 0;
    }
}
