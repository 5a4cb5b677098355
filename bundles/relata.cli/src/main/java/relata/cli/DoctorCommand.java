package relata.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;
import relata.api.run.Health;

/** Says whether everything works that a run will need, and if not, what is missing. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Check bundles, components, plug-ins, engine, disk and memory. Exit code 1 if anything is wrong.")
public final class DoctorCommand implements Command, Callable<Integer> {
    private final Health health;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** @param health looks */
    @Activate
    public DoctorCommand(@Reference Health health) {
        this.health = health;
    }

    @Override
    public Integer call() {
        List<Health.Check> checks = health.checks(runs);
        boolean ok = checks.stream().allMatch(Health.Check::ok);
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(new Report(ok, checks)));
        else print(ok, checks, out);
        return ok ? 0 : Failure.FAILED;
    }

    private record Report(boolean ok, List<Health.Check> checks) {}

    private static void print(boolean ok, List<Health.Check> checks, PrintWriter out) {
        Table table = new Table();
        for (Health.Check check : checks) {
            table.row(check.ok() ? "ok" : "WRONG", check.name(), check.found());
            check.problems().forEach(p -> table.row("", "", "- " + p));
        }
        out.print(table);
        out.println(ok ? "All is well." : "Something is wrong: see the lines marked WRONG.");
        out.flush();
    }
}
