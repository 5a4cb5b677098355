package relata.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;
import relata.console.rest.Json;
import relata.console.rest.Role;

/** Measures how fast a running server answers, and what that costs a training beside it. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=bench")
@picocli.CommandLine.Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Ask a running 'relata serve' at a fixed rate, beside clients that listen to events, and measure how long answers take.", "",
            "The questions are sentences that the model's run was judged on. With --run, the speed of that run's training is measured in windows with these questions and listeners, and in windows between them without."},
        footer = {"", "Other work on the machine slows it down: compare only figures of one sitting.", "Examples:", "  relata bench serve --rate 50 --seconds 10", "  relata bench serve --rate 20 --run last --windows 5 --seconds 20"})
public final class BenchServeCommand implements Command, Callable<Integer> {
    private static final int QUESTIONS = 200;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://127.0.0.1:8181", description = "The server (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Option(names = "--tokens", paramLabel = "FILE", description = "The file of its tokens (default: relata/tokens in $XDG_CONFIG_HOME or ~/.config).")
    private Path tokens = Tokens.standard();

    @Option(names = "--model", paramLabel = "ID", description = "The model, as GET /api/v1/models names it (default: the latest that gives answers).")
    private String model = "";

    @Option(names = "--run", paramLabel = "ID", description = "A run under way on the server whose speed to watch.")
    private String run = "";

    @Option(names = "--clients", paramLabel = "N", defaultValue = "50", description = "Clients that listen to events (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "200", description = "Questions a second, of one sentence each (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30", description = "How long a window is (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--windows", paramLabel = "N", defaultValue = "1", description = "Windows with load; with --run, as many and one more without (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (clients < 0 || rate < 1 || seconds < 1 || windows < 1) throw new IOException("--clients must not be negative; --rate, --seconds and --windows must be at least 1");
        Tokens known = Tokens.of(tokens);
        String token = known.all().get(Role.VIEWER);
        if (token == null) throw new IOException(known.file() + " holds no token of a viewer");
        LoadClient client = new LoadClient(url, token);
        JsonObject asked = chosen(client);
        List<String> questions = client.questions(asked.get("run").getAsString(), QUESTIONS);
        if (!run.isEmpty()) underWay(client);
        LoadTrial.Outcome o = new LoadTrial(client, asked.get("id").getAsString(), questions).measure(run, clients, rate, seconds, windows);
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Json.write(o));
        else {
            out.printf(Locale.ROOT, "%s: %d questions of %d sentences in turn, %d a second, beside %d listeners%n", asked.get("id").getAsString(), o.asked(), questions.size(), rate, clients);
            out.printf(Locale.ROOT, "%d answered, %.1f a second; p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, slowest %d ms%n", o.answered(), o.rate(), o.p50(), o.p95(), o.p99(), o.slowest());
            out.printf(Locale.ROOT, "%d events heard, %d listeners let go%n", o.events(), o.ended());
            if (!run.isEmpty() && !client.get("/runs/" + LoadClient.segment(run)).get("status").getAsString().equals("running")) out.println("training: it has ended before the measurement was over, so that its speed tells nothing");
            else if (!run.isEmpty()) out.printf(Locale.ROOT, "training: %.3f batches a second without this load, %.3f with it (%+.1f %%%s)%n", o.before(), o.during(), o.change(), windows > 1 ? String.format(Locale.ROOT, ", standard error %.1f in %d windows", o.error(), windows) : "");
        }
        out.flush();
        return o.answered() == o.asked() ? 0 : 1;
    }

    /** Only a training that goes on has a speed. */
    private void underWay(LoadClient client) throws IOException, InterruptedException {
        JsonObject asked = client.get("/runs/" + LoadClient.segment(run));
        run = asked.get("id").getAsString();
        String status = asked.get("status").getAsString();
        if (!status.equals("running")) throw new IOException("the run " + run + " has no speed that could be measured: it is " + status + ". --run needs one that trains.");
    }

    private JsonObject chosen(LoadClient client) throws IOException, InterruptedException {
        for (JsonElement each : client.get("/models?predicts=true").getAsJsonArray("models")) {
            JsonObject found = each.getAsJsonObject();
            if (model.isEmpty() || found.get("id").getAsString().equals(model)) return found;
        }
        throw new IOException(model.isEmpty() ? "the server has no model that gives answers: train one first" : "the server has no model '" + model + "' that gives answers");
    }
}
