package relata.console.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Lists the plug-ins of a server. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=plugin", "relata.command.connect=true"})
@picocli.CommandLine.Command(name = "list", mixinStandardHelpOptions = true, description = "List the server's plug-ins.")
public final class PluginListCommand implements Command, Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        JsonObject page = Server.of(spec).get("/plugins");
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(page);
        else if (page.getAsJsonArray("plugins").isEmpty()) out.println("No plug-in is installed.");
        else for (JsonElement e : page.getAsJsonArray("plugins")) {
            JsonObject plugin = e.getAsJsonObject();
            out.println(String.format("%-40s  %-8s  %s", plugin.get("name").getAsString() + " " + plugin.get("version").getAsString(), plugin.get("state").getAsString(), plugin.get("remark").getAsString()).stripTrailing());
        }
        out.flush();
        return 0;
    }
}
