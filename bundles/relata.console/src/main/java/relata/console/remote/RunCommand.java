package relata.console.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.plugin.PluginException;
import relata.api.run.Command;
import relata.api.run.RecipeException;
import relata.api.run.RunGroup;

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

    @Option(names = "--vary", paramLabel = "PATH=VALUES", description = "Run once for each of several values of a setting, e.g. encoder.with.format=mention,only-context; may be repeated: all combinations are run.")
    private Map<String, String> vary = new LinkedHashMap<>();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Run once for each seed, 42..46 or 1,7,42.")
    private String seeds = "";

    @Option(names = "--fractions", paramLabel = "SHARES", description = "Run once for each share of the training data, e.g. 0.01,0.1,1.")
    private String fractions = "";

    @Option(names = "--fraction-stages", paramLabel = "STAGES", split = ",", description = "The stages that --fractions is about (default: those that train on the split 'train' of the recipe's corpus).")
    private List<String> fractionStages = new ArrayList<>();

    @Option(names = "--folds", paramLabel = "N", description = "Cross-validate: run once for each of N folds of the corpus's documents, and judge on the fold.")
    private int folds;

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with this run: its whole id, or 'last'. With the id of a group: with all of its runs that are not done.")
    private String resume = "";

    @Option(names = "--detach", description = "Print the id of the run, or of the group of runs, and do not wait.")
    private boolean detach;

    private record Start(String recipe, Map<String, String> overrides, Map<String, String> vary, String seeds, String fractions, List<String> fractionStages, int folds) {}

    @Override
    public Integer call() throws Exception {
        if (recipe.isEmpty() == resume.isEmpty()) throw new IllegalArgumentException("name a recipe, or a run with --resume");
        if (!resume.isEmpty() && !(overrides.isEmpty() && vary.isEmpty() && seeds.isEmpty() && fractions.isEmpty() && fractionStages.isEmpty() && folds == 0))
            throw new IllegalArgumentException("--resume goes on with the recipe as it was: it takes no -D and no --vary, --seeds, --fractions or --folds");
        Server server = Server.of(spec);
        if (resume.startsWith(RunGroup.PREFIX)) return resumeGroup(server);
        if (!resume.isEmpty()) return resume(server);
        JsonObject started = server.post("/runs", new Start(text(server), overrides, vary, seeds, fractions, fractionStages, folds));
        List<String> runs = new ArrayList<>();
        for (JsonElement run : started.getAsJsonArray("runs")) runs.add(run.getAsString());
        String group = started.get("group").getAsString();
        if (!group.isEmpty()) return group(server, group, runs, true);
        String status = detach ? "" : follow(runs.get(0), server.events(runs.get(0), true));
        return conclude(server, runs.get(0), status);
    }

    private int resume(Server server) throws Exception {
        String id = server.get("/runs/" + Server.word(resume)).get("id").getAsString();
        String status = "";
        // listened to before it goes on: what was before is not told again
        try (InputStream events = server.events(id, false)) {
            server.send("POST", "/runs/" + Server.word(id) + "/resume", "", InputStream.nullInputStream());
            if (!detach) status = follow(id, events);
        }
        return conclude(server, id, status);
    }

    private int conclude(Server server, String id, String status) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (detach) out.println(id);
        else if (!status.equals("deleted")) RunsShowCommand.print(server.get("/runs/" + id), out);
        out.flush();
        return detach || status.equals("done") ? 0 : 1;
    }

    /** Goes on with all runs of a group that are not done. */
    int resumeGroup(Server server) throws Exception {
        return group(server, resume, resumed(server), false);
    }

    /** The runs of a group that go on, in the order of its plan. */
    private List<String> resumed(Server server) throws Exception {
        JsonObject group = server.send("POST", "/groups/" + Server.word(resume) + "/resume", "", InputStream.nullInputStream());
        List<String> runs = new ArrayList<>();
        for (JsonElement e : group.getAsJsonArray("runs"))
            if (e.getAsJsonObject().get("run") instanceof JsonObject run && !OVER.contains(run.get("status").getAsString())) runs.add(run.get("id").getAsString());
        return runs;
    }

    /** Tells of runs one after the other, as the server works on them. @param anew true: each from its beginning on; false: how those that go on ended before is not told again */
    private int group(Server server, String group, List<String> runs, boolean anew) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (!detach) {
            say(group, runs.size() + " runs");
            for (String run : runs) {
                try (InputStream events = server.events(run, anew)) {
                    // what happened long ago is no longer told
                    String status = server.get("/runs/" + run).get("status").getAsString();
                    if (OVER.contains(status)) say(run, status);
                    else follow(run, events);
                }
            }
        }
        boolean all = true;
        JsonArray places = new JsonArray();
        if (detach) out.println(group);
        else places = server.get("/groups/" + Server.word(group)).getAsJsonArray("runs");
        List<String> failed = new ArrayList<>();
        for (JsonElement e : places) {
            if (!(e.getAsJsonObject().get("run") instanceof JsonObject run)) {
                // deleted, or not made yet
                all = false;
                continue;
            }
            all &= run.get("status").getAsString().equals("done");
            if (run.get("status").getAsString().equals("failed")) failed.add(named(run.get("id").getAsString(), e.getAsJsonObject().getAsJsonObject("set")));
            RunsShowCommand.print(server.get("/runs/" + run.get("id").getAsString()), out);
        }
        if (!detach && all) spread(server.get("/compare?resamples=0&runs=" + Server.word(group)), out);
        out.flush();
        // at the very end, where it is seen after hours of other lines
        if (!failed.isEmpty()) {
            String resume = "relata --connect " + server.address() + " run --resume " + group;
            spec.commandLine().getErr().println("relata: " + failed.size() + " of " + places.size() + " runs failed: " + String.join(", ", failed) + ". Go on with: " + resume);
            spec.commandLine().getErr().flush();
        }
        return all ? 0 : 1;
    }

    /** A run of a group, and what was set for it. */
    private static String named(String run, JsonObject set) {
        return run + " (" + set.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().getAsString()).collect(Collectors.joining(", ")) + ")";
    }

    /** How far the figure of a group's runs spreads. */
    private static void spread(JsonObject table, PrintWriter out) {
        double scale = table.get("percent").getAsBoolean() ? 100 : 1;
        out.println(table.get("caption").getAsString());
        for (JsonElement r : table.getAsJsonArray("rows"))
            for (JsonElement c : r.getAsJsonObject().getAsJsonArray("cells")) {
                if (!(c instanceof JsonObject cell)) continue;
                StringJoiner titles = new StringJoiner(", ");
                r.getAsJsonObject().getAsJsonArray("titles").forEach(t -> titles.add(t.getAsString()));
                double[] numbers = {cell.get("median").getAsDouble() * scale, cell.get("min").getAsDouble() * scale, cell.get("max").getAsDouble() * scale};
                out.println(String.format(Locale.ROOT, "%-40s  %.4f (%.4f to %.4f)", titles, numbers[0], numbers[1], numbers[2]));
            }
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
