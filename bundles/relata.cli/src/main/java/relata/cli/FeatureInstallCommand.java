package relata.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.plugin.PluginException;
import relata.api.run.Command;

/** Installs a feature. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=feature")
@picocli.CommandLine.Command(name = "install", mixinStandardHelpOptions = true, description = "Install the bundles of a feature file as plug-ins that come and go together.")
public final class FeatureInstallCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "A feature file, NAME.json; its bundles lie beside it or in the local Maven repository.")
    private Path file = Path.of("");

    /** With the platform's services. */
    @Activate
    public FeatureInstallCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, PluginException {
        PluginChanges.print(services.features().install(file), spec.commandLine());
        return 0;
    }
}
