package relata.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.plugin.PluginException;
import relata.api.run.Command;

/** Replaces plug-ins. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=plugin")
@picocli.CommandLine.Command(name = "update", mixinStandardHelpOptions = true, description = "Replace installed plug-ins by other versions or builds. Runs that are under way keep the old ones; if a new one is broken, the old ones stay.")
public final class PluginUpdateCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "Jars, folders of jars, file: URLs, or group:artifact:version in the local Maven repository.")
    private List<String> sources = List.of();

    @Option(names = "--restart", description = "Only write it down: takes effect when a platform starts. For what cannot change in a running one.")
    private boolean restart;

    /** With the platform's services. */
    @Activate
    public PluginUpdateCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, PluginException {
        PluginChanges.print(services.plugins(restart).update(sources), spec.commandLine());
        return 0;
    }
}
