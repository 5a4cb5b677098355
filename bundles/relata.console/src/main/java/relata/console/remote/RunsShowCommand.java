package relata.console.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Shows a run of a server. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=runs", "relata.command.connect=true"})
@picocli.CommandLine.Command(name = "show", mixinStandardHelpOptions = true, description = "Show a run of the server: status, stages and figures.")
public final class RunsShowCommand implements Command, Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", defaultValue = "last", description = "Its whole id, or 'last' (default: ${DEFAULT-VALUE}).")
    private String run = "last";

    @Option(names = "--recipe", description = "Print the recipe as it was run.")
    private boolean recipe;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Server server = Server.of(spec);
        PrintWriter out = spec.commandLine().getOut();
        String path = "/runs/" + Server.word(run);
        if (recipe) out.print(server.text(path + "/recipe"));
        else if (json) out.println(server.get(path));
        else print(server.get(path), out);
        out.flush();
        return 0;
    }

    /** For people. */
    static void print(JsonObject run, PrintWriter out) {
        String error = run.get("error").getAsString();
        out.println(run.get("id").getAsString() + ": " + run.get("status").getAsString() + (error.isEmpty() ? "" : ": " + error));
        for (JsonElement e : run.getAsJsonArray("stages")) out.println("  " + e.getAsJsonObject().get("name").getAsString() + ": " + e.getAsJsonObject().get("state").getAsString());
        for (Map.Entry<String, JsonElement> figure : run.getAsJsonObject("headline").entrySet())
            if (!figure.getValue().isJsonNull()) out.println(String.format(Locale.ROOT, "%-40s  %.4f", figure.getKey(), figure.getValue().getAsDouble()));
    }
}
