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

/** Lists the runs of a server. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=runs", "relata.command.connect=true"})
@picocli.CommandLine.Command(name = "list", mixinStandardHelpOptions = true, description = "List the server's runs, the latest first.")
public final class RunsListCommand implements Command, Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        JsonObject page = Server.of(spec).get("/runs?limit=1000");
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(page);
        else for (JsonElement e : page.getAsJsonArray("runs")) {
            JsonObject run = e.getAsJsonObject();
            String error = run.get("error").getAsString().lines().findFirst().orElse("");
            out.println(String.format("%-40s  %-8s  %d of %d stages  %s", run.get("id").getAsString(), run.get("status").getAsString(), run.get("done").getAsInt(), run.get("stages").getAsInt(), error).stripTrailing());
        }
        out.flush();
        return 0;
    }
}
