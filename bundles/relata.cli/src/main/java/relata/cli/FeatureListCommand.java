package relata.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.plugin.Feature;
import relata.api.run.Command;

/** Lists the features. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=feature")
@picocli.CommandLine.Command(name = "list", mixinStandardHelpOptions = true, description = "List the features: what is started, what could be, and what was installed later.")
public final class FeatureListCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public FeatureListCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure {
        List<Feature> features = services.features().list();
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(features));
        else {
            Table table = new Table();
            for (Feature f : features) table.row(f.name(), f.state().name().toLowerCase(Locale.ROOT), (f.description().isEmpty() ? String.join(", ", f.bundles()) : f.description()) + remark(f));
            out.print(table);
        }
        out.flush();
        return 0;
    }

    /** What stands in the way of the one feature that needs more than bundles. */
    private String remark(Feature feature) {
        try {
            return feature.name().equals("engine-cuda") ? " - " + services.workbench().gpu() : "";
        } catch (Failure e) {
            return "";
        }
    }
}
