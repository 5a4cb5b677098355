package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import relata.api.run.RunFolder;

/** Shows the figures of several runs side by side. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=runs")
@picocli.CommandLine.Command(name = "compare", mixinStandardHelpOptions = true, description = "Show the figures of several runs side by side, and the recipe lines in which they differ.")
public final class RunsCompareCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Their ids, beginnings of ids, folders, or 'last'.")
    private List<String> named = List.of();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--all", description = "Show the figures of single relations too.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public RunsCompareCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Failure, IOException {
        Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
        List<List<String>> recipes = new ArrayList<>();
        for (String name : named) {
            RunFolder folder = services.runs().open(runs, name);
            if (figures.put(folder.id(), RunMetrics.flat(folder.path())) != null) throw Failure.wrongUse("the run " + folder.id() + " is named twice");
            recipes.add(folder.recipe().lines().toList());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(figures));
        else print(figures, recipes, out);
        out.flush();
        return 0;
    }

    private void print(Map<String, Map<String, Double>> figures, List<List<String>> recipes, PrintWriter out) {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(figures.keySet());
        Table table = new Table().row(head.toArray());
        Set<String> names = new LinkedHashSet<>();
        figures.values().forEach(f -> names.addAll(f.keySet()));
        for (String name : names) {
            if (!all && !RunMetrics.headline(name)) continue;
            List<String> row = new ArrayList<>(List.of(name));
            figures.values().forEach(f -> row.add(f.containsKey(name) ? Spread.number(f.get(name)) : "-"));
            table.row(row.toArray());
        }
        out.print(table);
        List<String> ids = List.copyOf(figures.keySet());
        for (int i = 0; i < ids.size(); i++) {
            Set<String> own = new LinkedHashSet<>(recipes.get(i));
            for (List<String> other : recipes) if (other != recipes.get(i)) own.removeAll(Set.copyOf(other));
            if (own.isEmpty()) continue;
            out.println("Only in the recipe of " + ids.get(i));
            own.forEach(line -> out.println("  " + line.strip()));
        }
    }
}
