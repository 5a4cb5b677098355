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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.result.Spread;
import relata.api.run.Command;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunPlan;
import relata.api.run.RunStatus;

/** Runs a recipe, or goes on with an interrupted run. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Run a recipe: train, evaluate, report. Ctrl-C stops cleanly; --resume goes on to the same numbers. Of several runs, the others go on if one fails.",
        footer = {"", "Examples:", "  relata run quickstart", "  relata run bert-clre -D corpus.with.size=2000 --seeds 42..46",
                "  relata run bert-clre --fractions 0.01,0.1,1 --seeds 42..46", "  relata run bert-clre --folds 10", "  relata run bert-clre --vary encoder.with.format=mention,only-context --seeds 42..44", "  relata run --resume last"})
public final class RunCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECIPE", description = "A recipe file, or the name of a recipe of the distribution ('relata list recipe').")
    private String recipe = "";

    @Option(names = "-D", paramLabel = "PATH=VALUE", description = "Set a value of the recipe, e.g. stages.pretrain.with.epochs=3; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--vary", paramLabel = "PATH=VALUES", description = "Run once for each of several values of a setting, e.g. encoder.with.format=mention,only-context; may be repeated: all combinations are run.")
    private Map<String, String> vary = new LinkedHashMap<>();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Run once for each seed, 42..46 or 1,7,42, and show how far the figures spread.")
    private String seeds = "";

    @Option(names = "--fractions", paramLabel = "SHARES", description = "Run once for each share of the training data, e.g. 0.01,0.1,1: of each relation ceil(n * share) examples; smaller shares are part of larger ones.")
    private String fractions = "";

    @Option(names = "--fraction-stages", paramLabel = "STAGES", split = ",",
            description = "The stages that --fractions is about (default: those that train on the split 'train' of the recipe's corpus).")
    private List<String> shared = new ArrayList<>();

    @Option(names = "--folds", paramLabel = "N", description = "Cross-validate: run once for each of N folds of the corpus's documents, and judge on the fold.")
    private int folds;

    @Option(names = "--fold-file", paramLabel = "FILE", description = "Given folds: a text file with a document's id, a tab and its fold, from 0, in each line.")
    private String foldFile = "";

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with this run: its id, the beginning of it, or 'last'. If it is one of several, go on with all that are missing.")
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

    private record Page(String run, String path, long seed, RunStatus status, String error, Map<String, String> set, Map<String, Map<String, Double>> metrics) {}

    private record Results(String group, List<Page> runs, Map<String, Spread> spread, List<RunResults.Share> shares) {}

    @Override
    public Integer call() throws Exception {
        if (recipe.isEmpty() == resume.isEmpty()) throw Failure.wrongUse("name a recipe, or a run with --resume");
        RunPlan axes = RunPlan.parse(vary, seeds, fractions, shared, folds, foldFile);
        if (!resume.isEmpty() && !(overrides.isEmpty() && axes.single()))
            throw Failure.wrongUse("--resume goes on with the recipe as it was: it takes no -D and no --vary, --seeds, --fractions or --folds");
        Terminal terminal = Terminal.ofProcess();
        PlannedRuns plan = resume.isEmpty() ? PlannedRuns.begin(services, runs, RecipeFile.find(services.home(), recipe), overrides, axes) : PlannedRuns.resume(services, runs, resume);
        if (resume.isEmpty() && !agreed(plan.runs().get(0).recipe(), axes, terminal)) return Failure.FAILED;
        try (AutoCloseable held = plan.lock(services)) {
            // what another process made before it gave the lock back is no longer missing
            return work(resume.isEmpty() ? plan : plan.anew(services), terminal);
        }
    }

    private int work(PlannedRuns plan, Terminal terminal) throws Exception {
        plan.group().ifPresent(g -> say(g.id() + ": " + g.plan().size() + " runs, of which " + plan.runs().stream().filter(PlannedRuns.Planned::done).count() + " are done"));
        Interrupt stop = Interrupt.listen(() -> say("stopping at the next safe point; Ctrl-C once more ends at once"));
        List<RunResults.Result> results = new ArrayList<>();
        int first = (int) plan.runs().stream().takeWhile(PlannedRuns.Planned::done).count();
        for (int place = 0; place < plan.runs().size(); place++) {
            RunResults.Result result = plan.group().isPresent() ? oneOfSeveral(plan, place, place == first, stop, terminal) : run(plan, place, stop, terminal);
            results.add(result);
            if (result.status() == RunStatus.STOPPED || stop.getAsBoolean()) break;
        }
        boolean concluded = conclude(results, plan);
        plan.group().ifPresent(g -> sayFailures(results, g));
        return concluded && results.size() == plan.runs().size() && results.stream().allMatch(r -> r.status() == RunStatus.DONE && r.error().isEmpty()) ? 0 : Failure.FAILED;
    }

    /** A person who starts what was interrupted before may have meant to go on with it. */
    private boolean agreed(Recipe wanted, RunPlan axes, Terminal terminal) throws Failure, IOException {
        if (yes || !axes.single() || !terminal.interactive()) return true;
        for (RunFolder folder : services.runs().list(runs))
            if (folder.status() == RunStatus.STOPPED && folder.recipe().equals(wanted.yaml())) {
                String answer = System.console().readLine("The run %s of the same recipe was stopped; 'relata run --resume %s' goes on with it. Start a new one? [y/N] ", folder.id(), folder.id());
                return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
            }
        return true;
    }

    /** A run of a group. If it fails, this is told and the others go on: whoever comes back in the morning finds all that could be done. @param first none was worked on before */
    private RunResults.Result oneOfSeveral(PlannedRuns plan, int place, boolean first, Interrupt stop, Terminal terminal) throws Exception {
        try {
            return run(plan, place, stop, terminal);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError | OutOfMemoryError e) {
            // as of a single run, it is told once and nothing has begun
            if (first && e instanceof RecipeException wrong && plan.allHave(services, place, wrong.mistakes())) throw wrong;
            Optional<RunFolder> folder = folder(plan, place);
            RunStatus status = folder.map(RunFolder::status).filter(s -> s == RunStatus.RUNNING || s == RunStatus.DONE).orElse(RunStatus.FAILED);
            if (status == RunStatus.DONE) say("run " + folder.orElseThrow().id() + " is done, but its report could not be written:");
            Exception told = tell(e);
            Recipe recipe = plan.runs().get(place).recipe();
            return new RunResults.Result(folder.map(RunFolder::id).orElse(""), folder.map(f -> f.path().toString()).orElse(""), recipe.seed(), status, Objects.requireNonNullElse(told.getMessage(), told.toString()), Map.of(), plan.set(place), recipe.yaml());
        }
    }

    /** Tells what went wrong without ending the command. */
    private Exception tell(Throwable problem) throws Exception {
        CommandLine line = spec.commandLine();
        Exception told = CommandTree.exception(problem);
        line.getExecutionExceptionHandler().handleExecutionException(told, line, line.getParseResult());
        return told;
    }

    /** The folder of a run of a group, if it came to one that was kept; of two, the one that is done. */
    private Optional<RunFolder> folder(PlannedRuns plan, int place) throws Failure {
        String id = plan.group().orElseThrow().id();
        RunFolder last = null;
        try {
            for (RunFolder folder : services.runs().list(plan.root()))
                if ((last == null || last.status() != RunStatus.DONE) && folder.group().filter(g -> g.id().equals(id) && g.place() == place).isPresent()) last = folder;
        } catch (IOException | UncheckedIOException e) {
            // the folder of another run cannot be read, which must not keep the others from going on
        }
        return Optional.ofNullable(last);
    }

    private RunResults.Result run(PlannedRuns plan, int place, Interrupt stop, Terminal terminal) throws Exception {
        PlannedRuns.Planned planned = plan.runs().get(place);
        if (plan.group().isPresent() && planned.done()) return result(plan, place, planned.folder().orElseThrow(), RunStatus.DONE);
        Recipe current = planned.current(services);
        boolean made = planned.folder().isEmpty();
        RunFolder folder = made ? services.runs().create(plan.root(), current, plan.group().map(g -> g.at(place))) : planned.folder().orElseThrow();
        RunLog log = new RunLog(spec.commandLine().getErr(), terminal, System::nanoTime);
        RunStatus status;
        try {
            status = services.runner().run(current, folder, stop, log);
        } catch (Exception | Error e) {
            log.runFinished(folder.id(), RunStatus.FAILED);
            afterFailure(folder, made, e);
            throw e;
        }
        if (status == RunStatus.STOPPED) say("stopped. Go on with: relata run --resume " + folder.id() + elsewhere());
        else if (!json) services.results().report(folder.path(), List.copyOf(current.stages().keySet())).ifPresent(spec.commandLine().getOut()::println);
        return result(plan, place, folder, status);
    }

    private RunResults.Result result(PlannedRuns plan, int place, RunFolder folder, RunStatus status) throws Failure, IOException {
        return new RunResults.Result(folder.id(), folder.path().toString(), plan.runs().get(place).recipe().seed(), status, "", services.results().figures(folder.path()), plan.set(place), folder.recipe());
    }

    /** A run that another process works on has not failed, and one that did not get to its first stage is not worth keeping. */
    private void afterFailure(RunFolder folder, boolean made, Throwable failure) {
        try {
            if (made && !Files.exists(folder.path().resolve("stages"))) services.runs().remove(folder);
            else if (folder.status() != RunStatus.RUNNING && folder.status() != RunStatus.DONE)
                say("run " + folder.id() + " failed; once what follows is put right, 'relata run --resume " + folder.id() + elsewhere() + "' goes on");
        } catch (Failure | IOException | UncheckedIOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Shows what the runs came to. @return whether all of it could be told */
    private boolean conclude(List<RunResults.Result> results, PlannedRuns plan) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<RunResults.Result> done = results.stream().filter(r -> r.status() == RunStatus.DONE).toList();
        Optional<List<RunResults.Share>> table = shares(done.stream().filter(r -> r.error().isEmpty()).toList(), plan);
        List<RunResults.Share> shares = table.orElse(List.of());
        String group = plan.group().map(RunGroup::id).orElse("");
        List<Page> pages = results.stream().map(r -> new Page(r.run(), r.path(), r.seed(), r.status(), r.error(), r.set(), r.metrics())).toList();
        if (json) out.println(Output.page(new Results(group, pages, shares.size() == 1 ? shares.get(0).spread() : Map.of(), shares)));
        else {
            for (RunResults.Share share : shares) {
                out.println(share.title());
                out.print(RunResults.table(share));
                share.notes().forEach(out::println);
            }
            for (RunResults.Result r : done) out.println("Run " + r.run() + " is in " + r.path());
            if (shares.size() > 1) out.println("As a table: relata runs compare " + group + elsewhere());
        }
        out.flush();
        return table.isPresent();
    }

    /** What a group's runs come to; empty if that cannot be told, which leaves the runs done. */
    private Optional<List<RunResults.Share>> shares(List<RunResults.Result> done, PlannedRuns plan) throws Exception {
        if (plan.group().isEmpty() || done.isEmpty()) return Optional.of(List.of());
        try {
            return Optional.of(new RunResults(services, plan.group().get().plan(), done).shares());
        } catch (Failure | IOException | RecipeException | RuntimeException e) {
            say("runs of " + plan.group().get().id() + " are done, but their table could not be written:");
            tell(e);
            return Optional.empty();
        }
    }

    /** At the very end, where it is seen after hours of other lines. */
    private void sayFailures(List<RunResults.Result> results, RunGroup group) {
        List<RunResults.Result> unwritten = results.stream().filter(r -> r.status() == RunStatus.DONE && !r.error().isEmpty()).toList();
        if (!unwritten.isEmpty()) say(unwritten.size() + " of " + group.plan().size() + " runs are done, but their reports could not be written: " + named(unwritten));
        List<RunResults.Result> failed = results.stream().filter(r -> r.status() == RunStatus.FAILED).toList();
        if (failed.isEmpty()) return;
        // without a folder, nothing knows the group any more
        boolean kept = results.stream().anyMatch(r -> !r.run().isEmpty());
        say(failed.size() + " of " + group.plan().size() + " runs failed: " + named(failed) + (kept ? ". Go on with: relata run --resume " + group.id() + elsewhere() : ""));
    }

    private static String named(List<RunResults.Result> some) {
        return some.stream().map(r -> (r.run() + " (" + r.set().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", ")) + ")").strip()).collect(Collectors.joining(", "));
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
