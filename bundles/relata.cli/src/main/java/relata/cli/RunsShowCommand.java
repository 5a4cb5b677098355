package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
import relata.api.result.Results;
import relata.api.result.Spread;
import relata.api.run.Command;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/** Shows one run: its status, its stages, its figures and its report. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=runs")
@picocli.CommandLine.Command(name = "show", mixinStandardHelpOptions = true, description = "Show a run: status, stages, figures and report.")
public final class RunsShowCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", defaultValue = "last", description = "Its id, the beginning of it, a folder, or 'last' (default: ${DEFAULT-VALUE}).")
    private String run = "last";

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--recipe", description = "Print the recipe as it was run.")
    private boolean recipe;

    @Option(names = "--all", description = "Show the figures of single relations too.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public RunsShowCommand(@Reference Services services) {
        this.services = services;
    }

    private record Page(String run, RunStatus status, String error, String path, String group, Map<String, Boolean> stages, Map<String, Map<String, Double>> metrics) {}

    @Override
    public Integer call() throws Failure, IOException {
        RunFolder folder = services.runs().open(runs, run);
        PrintWriter out = spec.commandLine().getOut();
        if (recipe) {
            out.print(folder.recipe());
            out.flush();
            return 0;
        }
        Map<String, Boolean> stages = new LinkedHashMap<>();
        for (String stage : services.results().stages(folder.path())) stages.put(stage, folder.finished(stage));
        Page page = new Page(folder.id(), folder.status(), folder.error(), folder.path().toString(), folder.group().map(RunGroup::id).orElse(""), stages, services.results().figures(folder.path()));
        if (json) out.println(Output.page(page));
        else print(page, services.results().report(folder.path(), List.copyOf(stages.keySet())), out);
        out.flush();
        return 0;
    }

    private void print(Page page, Optional<String> report, PrintWriter out) {
        out.println(page.run() + ": " + page.status().name().toLowerCase(Locale.ROOT) + (page.error().isEmpty() ? "" : ": " + page.error()));
        out.println("In " + page.path());
        if (!page.group().isEmpty()) out.println("One of " + page.group());
        page.stages().forEach((stage, done) -> out.println("  " + stage + (done ? ": done" : ": not done")));
        if (report.isPresent() && !all) {
            out.println();
            out.println(report.get());
            return;
        }
        page.metrics().forEach((stage, numbers) -> {
            out.println(stage);
            Table table = new Table();
            numbers.forEach((metric, number) -> {
                if (all || Results.headline(metric)) table.row("  " + metric, Spread.number(number));
            });
            out.print(table);
        });
    }
}
