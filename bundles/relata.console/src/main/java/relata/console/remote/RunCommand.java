package relata.console.remote;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.plugin.PluginException;
import relata.api.run.Command;
import relata.api.run.RecipeException;

/** Runs a recipe on a server, and tells what it says. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.connect=true")
@picocli.CommandLine.Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Run a recipe on the server, and tell what it says. Ctrl-C only ends the telling: the run goes on there.")
public final class RunCommand implements Command, Callable<Integer> {
    private static final List<String> OVER = List.of("done", "failed", "stopped", "deleted");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECIPE", description = "A recipe file, or the name of a recipe of the server's distribution.")
    private String recipe = "";

    @Option(names = "-D", paramLabel = "PATH=VALUE", description = "Set a value of the recipe, e.g. stages.pretrain.with.epochs=3; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with this run: its whole id, or 'last'.")
    private String resume = "";

    @Option(names = "--detach", description = "Print the run's id, and do not wait.")
    private boolean detach;

    private record Start(String recipe, Map<String, String> overrides) {}

    @Override
    public Integer call() throws Exception {
        if (recipe.isEmpty() == resume.isEmpty()) throw new IllegalArgumentException("name a recipe, or a run with --resume");
        Server server = Server.of(spec);
        PrintWriter out = spec.commandLine().getOut();
        String id;
        String status = "";
        if (resume.isEmpty()) {
            id = server.post("/runs", new Start(text(server), overrides)).get("id").getAsString();
            if (!detach) status = follow(id, server.events(id, true));
        } else {
            id = server.get("/runs/" + Server.word(resume)).get("id").getAsString();
            // listened to before it goes on: what was before is not told again
            try (InputStream events = server.events(id, false)) {
                server.send("POST", "/runs/" + Server.word(id) + "/resume", "", InputStream.nullInputStream());
                if (!detach) status = follow(id, events);
            }
        }
        if (detach) out.println(id);
        else if (!status.equals("deleted")) RunsShowCommand.print(server.get("/runs/" + id), out);
        out.flush();
        return detach || status.equals("done") ? 0 : 1;
    }

    private String text(Server server) throws IOException, RecipeException, PluginException {
        Path file = Path.of(recipe);
        boolean name = recipe.matches("[\\w-]+") && !Files.isRegularFile(file);
        return name ? server.text("/recipes/" + recipe) : Files.readString(file);
    }

    /** Until the run is over; returns how it stands then. */
    private String follow(String id, InputStream events) throws IOException {
        say(id, "on the server; it goes on there if this command is ended");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("data: ")) continue;
                JsonObject data = JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
                if (data.has("text")) say(data.get("stage").getAsString(), data.get("text").getAsString());
                else if (data.has("state")) say(data.get("stage").getAsString(), data.get("state").getAsString().equals("done") ? "is done" : "starts");
                if (!data.has("status")) continue;
                String status = data.get("status").getAsString();
                say(id, status);
                if (OVER.contains(status)) return status;
            }
        }
        throw new IOException("the server has ended. It stopped the run, which can be resumed there.");
    }

    private void say(String who, String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + who + ": " + text);
        err.flush();
    }
}
