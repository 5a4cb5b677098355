package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;

/** Runs a recipe, or goes on with an interrupted run. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Run a recipe: train, evaluate, report. Ctrl-C stops cleanly; --resume goes on to the same numbers.",
        footer = {"", "Examples:", "  relata run quickstart", "  relata run bert-clre -D corpus.with.size=2000 --seeds 42..46", "  relata run --resume last"})
public final class RunCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECIPE", description = "A recipe file, or the name of a recipe of the distribution ('relata list recipe').")
    private String recipe = "";

    @Option(names = "-D", paramLabel = "PATH=VALUE", description = "Set a value of the recipe, e.g. stages.pretrain.with.epochs=3; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Run once for each seed, 42..46 or 1,7,42, and show how far the figures spread.")
    private String seeds = "";

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with this run: its id, the beginning of it, or 'last'.")
    private String resume = "";

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--yes", description = "Ask nothing.")
    private boolean yes;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public RunCommand(@Reference Services services) {
        this.services = services;
    }

    /** What became of a run. */
    private record Result(String run, String path, long seed, RunStatus status, Map<String, Map<String, Double>> metrics) {}

    private record Results(List<Result> runs, Map<String, Spread> spread) {}

    @Override
    public Integer call() throws Exception {
        if (recipe.isEmpty() == resume.isEmpty()) throw Failure.wrongUse("name a recipe, or a run with --resume");
        if (!resume.isEmpty() && !(overrides.isEmpty() && seeds.isEmpty())) throw Failure.wrongUse("--resume goes on with the recipe as it was: it takes no -D and no --seeds");
        Terminal terminal = Terminal.ofProcess();
        List<Planned> plan = resume.isEmpty() ? plan() : List.of(resumed());
        if (resume.isEmpty() && !agreed(plan.get(0).recipe(), terminal)) return Failure.FAILED;
        Interrupt stop = Interrupt.listen(() -> say("stopping at the next safe point; Ctrl-C once more ends at once"));
        List<Result> results = new ArrayList<>();
        for (Planned planned : plan) {
            Result result = run(planned, stop, terminal);
            results.add(result);
            if (result.status() != RunStatus.DONE) break;
        }
        conclude(results, plan.size());
        return results.size() == plan.size() && results.stream().allMatch(r -> r.status() == RunStatus.DONE) ? 0 : Failure.FAILED;
    }

    /** A recipe, and the run that it goes on with, if it does. */
    private record Planned(Recipe recipe, Optional<RunFolder> folder) {}

    private List<Planned> plan() throws Failure, IOException, RecipeException {
        RecipeFile file = RecipeFile.find(services.home(), recipe);
        List<Planned> plan = new ArrayList<>();
        // all are read before the first is run: a mistake shows at once
        for (long seed : seeds.isEmpty() ? List.<Long>of() : Seeds.parse(seeds)) {
            Map<String, String> seeded = new LinkedHashMap<>(overrides);
            if (seeded.put("seed", String.valueOf(seed)) != null) throw Failure.wrongUse("-D seed and --seeds exclude each other");
            plan.add(new Planned(services.recipes().read(file.path().toString(), file.text(), seeded), Optional.empty()));
        }
        if (seeds.isEmpty()) plan.add(new Planned(services.recipes().read(file.path().toString(), file.text(), overrides), Optional.empty()));
        return plan;
    }

    private Planned resumed() throws Failure, IOException, RecipeException {
        RunFolder folder = services.runs().open(runs, resume);
        Recipe read = services.recipes().read(folder.path().resolve("recipe.yaml").toString(), folder.recipe(), Map.of());
        return new Planned(read, Optional.of(folder));
    }

    /** A person who starts what was interrupted before may have meant to go on with it. */
    private boolean agreed(Recipe wanted, Terminal terminal) throws Failure, IOException {
        if (yes || !seeds.isEmpty() || !terminal.interactive()) return true;
        for (RunFolder folder : services.runs().list(runs))
            if (folder.status() == RunStatus.STOPPED && folder.recipe().equals(wanted.yaml())) {
                String answer = System.console().readLine("The run %s of the same recipe was stopped; 'relata run --resume %s' goes on with it. Start a new one? [y/N] ", folder.id(), folder.id());
                return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
            }
        return true;
    }

    private Result run(Planned planned, Interrupt stop, Terminal terminal) throws Exception {
        RunFolder folder = planned.folder().isPresent() ? planned.folder().get() : services.runs().create(runs, planned.recipe());
        RunLog log = new RunLog(spec.commandLine().getErr(), terminal, System::nanoTime);
        RunStatus status;
        try {
            status = services.runner().run(planned.recipe(), folder, stop, log);
        } catch (Exception e) {
            log.runFinished(folder.id(), RunStatus.FAILED);
            afterFailure(folder, planned.folder().isEmpty(), e);
            throw e;
        }
        if (status == RunStatus.STOPPED) say("stopped. Go on with: relata run --resume " + folder.id() + elsewhere());
        else if (!json) RunMetrics.report(folder.path(), List.copyOf(planned.recipe().stages().keySet())).ifPresent(spec.commandLine().getOut()::println);
        return new Result(folder.id(), folder.path().toString(), planned.recipe().seed(), status, RunMetrics.of(folder.path()));
    }

    /** A run that another process works on has not failed, and one that did not get to its first stage is not worth keeping. */
    private void afterFailure(RunFolder folder, boolean made, Exception failure) {
        try {
            if (made && !Files.exists(folder.path().resolve("stages"))) services.runs().remove(folder);
            else if (folder.status() != RunStatus.RUNNING)
                say("run " + folder.id() + " failed; once what follows is put right, 'relata run --resume " + folder.id() + elsewhere() + "' goes on");
        } catch (Failure | IOException | UncheckedIOException e) {
            failure.addSuppressed(e);
        }
    }

    private void conclude(List<Result> results, int planned) {
        PrintWriter out = spec.commandLine().getOut();
        List<Map<String, Double>> figures = new ArrayList<>();
        for (Result r : results) {
            Map<String, Double> flat = new LinkedHashMap<>();
            r.metrics().forEach((stage, numbers) -> numbers.forEach((metric, number) -> flat.put(stage + "." + metric, number)));
            if (r.status() == RunStatus.DONE) figures.add(flat);
        }
        Map<String, Spread> spread = planned > 1 ? Spread.over(figures) : Map.of();
        if (json) out.println(Output.page(new Results(results, spread)));
        else {
            if (!spread.isEmpty()) {
                out.println("Over " + figures.size() + " seeds");
                Table table = new Table().row("  figure", "median", "mean", "deviation", "min", "max");
                spread.forEach((name, s) -> {
                    if (RunMetrics.headline(name))
                        table.row("  " + name, Spread.number(s.median()), Spread.number(s.mean()), Spread.number(s.deviation()), Spread.number(s.min()), Spread.number(s.max()));
                });
                out.print(table);
            }
            for (Result r : results) if (r.status() == RunStatus.DONE) out.println("Run " + r.run() + " is in " + r.path());
        }
        out.flush();
    }

    private String elsewhere() {
        return runs.equals(Path.of("runs")) ? "" : " --runs " + runs;
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("relata: " + text);
        err.flush();
    }
}
