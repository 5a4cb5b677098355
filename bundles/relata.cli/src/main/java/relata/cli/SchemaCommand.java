package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Prints the JSON Schema of recipes over what is installed. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "schema", mixinStandardHelpOptions = true,
        description = {"Print the JSON Schema of recipes, made of the parts that are installed now, plug-ins included.", "",
            "With it an editor completes names and settings, shows what they mean and marks mistakes; see docs/recipes/writing-recipes.md."},
        footer = {"", "Example:", "  relata schema --out recipe.schema.json"})
public final class SchemaCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "FILE", description = "Write it to this file, in the place of what stands there.")
    private Optional<Path> out = Optional.empty();

    /** With the platform's services. */
    @Activate
    public SchemaCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, IOException {
        if (out.isPresent()) PredictCommand.checkOut(out.get());
        String schema = services.recipes().schema();
        PrintWriter to = spec.commandLine().getOut();
        if (out.isPresent()) {
            TextFile.write(out.get(), schema + "\n");
            to.println("The schema of recipes is in " + out.get());
        } else {
            to.println(schema);
        }
        to.flush();
        return 0;
    }
}
