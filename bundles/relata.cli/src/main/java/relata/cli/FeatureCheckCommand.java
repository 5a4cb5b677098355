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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Checks a feature file. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=feature")
@picocli.CommandLine.Command(name = "check", mixinStandardHelpOptions = true, description = "Say what is missing for a feature file to be installed. Exit code 1 if anything is.")
public final class FeatureCheckCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "A feature file, NAME.json; its bundles lie beside it or in the local Maven repository.")
    private Path file = Path.of("");

    /** With the platform's services. */
    @Activate
    public FeatureCheckCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure {
        List<String> problems = services.features().check(file);
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(p -> out.println("- " + p));
        out.println(problems.isEmpty() ? "Nothing is missing." : "It cannot be installed.");
        out.flush();
        return problems.isEmpty() ? 0 : Failure.FAILED;
    }
}
