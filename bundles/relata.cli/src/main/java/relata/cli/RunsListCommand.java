package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.result.Spread;
import relata.api.run.Command;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;

/** Lists runs, oldest first. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=runs")
@picocli.CommandLine.Command(name = "list", mixinStandardHelpOptions = true, description = "List runs, oldest first.")
public final class RunsListCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public RunsListCommand(@Reference Services services) {
        this.services = services;
    }

    private record Item(String run, RunStatus status, String error, String path, Map<String, Map<String, Double>> metrics) {}

    @Override
    public Integer call() throws Failure, IOException {
        List<Item> items = new ArrayList<>();
        for (RunFolder run : services.runs().list(runs)) items.add(new Item(run.id(), run.status(), run.error(), run.path().toString(), services.results().figures(run.path())));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(items));
        else if (items.isEmpty()) out.println("There are no runs in " + runs + ".");
        else {
            Table table = new Table();
            for (Item item : items) table.row(item.run(), item.status().name().toLowerCase(Locale.ROOT), item.error().lines().findFirst().orElseGet(() -> figures(item)));
            out.print(table);
        }
        out.flush();
        return 0;
    }

    private static String figures(Item item) {
        List<String> figures = new ArrayList<>();
        item.metrics().forEach((stage, numbers) -> {
            Double f1 = numbers.get("micro-f1");
            if (f1 != null) figures.add(stage + " micro-f1 " + Spread.number(f1));
        });
        return String.join(", ", figures);
    }
}
