package relata.cli;

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

/** Removes a feature. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=feature")
@picocli.CommandLine.Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove a feature that was installed later, with its bundles.")
public final class FeatureRemoveCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name, as 'relata feature list' shows it.")
    private String name = "";

    /** With the platform's services. */
    @Activate
    public FeatureRemoveCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, PluginException {
        PluginChanges.print(services.features().remove(name), spec.commandLine());
        return 0;
    }
}
