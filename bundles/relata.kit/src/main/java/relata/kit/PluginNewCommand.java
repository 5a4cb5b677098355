package relata.kit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.run.Command;

/** Writes the Maven project of a new plug-in. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "new", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Write the Maven project of a plug-in with a part of your own: a small method that works, its contract test, and a recipe that uses it.",
        footer = {"", "Example:", "  relata plugin new soft-margin --kind loss --group com.acme", "  cd soft-margin", "  mvn verify", "  relata plugin install target/com.acme.softmargin-1.0.0.jar"})
public final class PluginNewCommand implements Command, Callable<Integer> {
    private final Supplier<Installation> installation;
    private final @Nullable Catalogue catalogue;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "What the part is called in recipes: lower case, with hyphens.")
    private String name = "";

    @Option(names = "--kind", required = true, paramLabel = "KIND", completionCandidates = Kinds.class, description = "What it is: ${COMPLETION-CANDIDATES}.")
    private String kind = "";

    @Option(names = "--group", paramLabel = "GROUP", defaultValue = "org.example", description = "Maven's group id (default: ${DEFAULT-VALUE}).")
    private String group = "";

    @Option(names = "--package", paramLabel = "PACKAGE", defaultValue = "", showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "The Java package, also the artifact's and the bundle's name (default: the group, a dot, and NAME without hyphens).")
    private String pack = "";

    @Option(names = "--out", paramLabel = "DIR", description = "The project's folder, new or empty (default: NAME).")
    private Optional<Path> folder = Optional.empty();

    /** The words that {@code --kind} takes. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Blueprint.kinds().iterator();
        }
    }

    /** In a platform; the catalogue is there if the feature that brings it is started. */
    @Activate
    public PluginNewCommand(BundleContext context, @Nullable @Reference(cardinality = ReferenceCardinality.OPTIONAL) Catalogue catalogue) {
        this(() -> Installation.of(context), catalogue);
    }

    PluginNewCommand(Supplier<Installation> installation, @Nullable Catalogue catalogue) {
        this.installation = installation;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() throws IOException {
        if (!Blueprint.kinds().contains(kind)) throw wrong("there is no kind '" + kind + "'; there are: " + String.join(", ", Blueprint.kinds()));
        Optional<Part> taken = Optional.ofNullable(catalogue).flatMap(c -> c.find(kind, name));
        if (taken.isPresent()) throw wrong("there is a part '" + name + "' of the kind " + kind + " already, of " + taken.get().bundle() + ": a platform takes no second one. Choose another name");
        Path place = folder.orElse(Path.of(name));
        NewProject project;
        try {
            project = NewProject.of(kind, Names.of(name, group, pack), installation.get());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        project.write(place);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote " + place + ": the " + kind + " '" + name + "'.");
        project.files().keySet().stream().filter(f -> !f.startsWith(".")).sorted().forEach(f -> out.println("  " + f));
        out.println("Next: cd " + place + " && mvn verify. README.md there says how to go on.");
        out.flush();
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
