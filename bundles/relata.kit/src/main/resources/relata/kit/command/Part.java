package {{package}};

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.run.Command;

/** Counts the installed parts of each kind. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "{{name}}", mixinStandardHelpOptions = true, description = "Count the installed parts of each kind.")
public final class {{class}} implements Command, Callable<Integer> {
    private final Catalogue catalogue;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services: those of relata.api.run and relata.api.component can be asked for like this. */
    @Activate
    public {{class}}(@Reference Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        Map<String, Long> counts = catalogue.parts().stream().collect(Collectors.groupingBy(Part::kind, TreeMap::new, Collectors.counting()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(counts.entrySet().stream().map(e -> "\"" + e.getKey() + "\": " + e.getValue()).collect(Collectors.joining(", ", "{", "}")));
        else counts.forEach((kind, count) -> out.println(kind + "  " + count));
        out.flush();
        return 0;
    }
}
