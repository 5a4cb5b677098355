package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.result.ResultException;
import relata.api.result.ResultTable;
import relata.api.result.Results;
import relata.api.result.Spread;
import relata.api.result.TableRequest;
import relata.api.run.Command;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;

/** Shows the figures of several runs side by side, or as a table in the shape of a paper's. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=runs")
@picocli.CommandLine.Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Show the figures of several runs side by side, and the recipe lines in which they differ.", "",
            "Of a group, or with --rows, --columns, --figure, --mean or --out, show one figure as a table: methods down, shares of the training data across, in each cell the median over the seeds. "
                    + "The best of a column is marked, and differences that cannot be told from chance are named."},
        footer = {"", "Examples:", "  relata runs compare RUN RUN", "  relata runs compare GROUP --out table.md",
            "  relata runs compare '*-bert-clre*' --rows stage,encoder.with.format --columns fraction --figure micro-f1"})
public final class RunsCompareCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Their ids, beginnings of ids, folders, or 'last'; the id of a group; a pattern with * and ?, in quotes.")
    private List<String> named = List.of();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--rows", paramLabel = "KEYS", split = ",",
            description = "What the rows stand for: recipe, stage, seed, fold, fraction, or paths of settings, such as encoder.with.format (default: all that differs).")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--columns", paramLabel = "KEYS", split = ",", description = "What the columns stand for (default: fraction, if it differs).")
    private List<String> columns = new ArrayList<>();

    @Option(names = "--figure", paramLabel = "NAME", description = "The figure of the cells, e.g. accuracy, or of one stage: test.micro-f1 (default: micro-f1, else accuracy).")
    private String figure = "";

    @Option(names = "--smaller", description = "The smallest is the best.")
    private boolean smaller;

    @Option(names = "--mean", description = "Show mean and standard deviation beside the median.")
    private boolean mean;

    @Option(names = "--resamples", paramLabel = "N", defaultValue = "1000", description = "Resamples of the paired bootstrap; 0: compare nothing (default: ${DEFAULT-VALUE}).")
    private int resamples = 1000;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the table too: .txt, .md, .csv or .html.")
    private String file = "";

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
    public Integer call() throws Failure, IOException, RecipeException {
        if (!rows.isEmpty() || !columns.isEmpty() || !figure.isEmpty() || !file.isEmpty() || mean || named.stream().anyMatch(RunSelection::several)) return table();
        if (named.size() < 2) throw Failure.wrongUse("name two runs or more, or one group");
        Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
        List<List<String>> recipes = new ArrayList<>();
        for (String name : named) {
            RunFolder folder = services.runs().open(runs, name);
            if (figures.put(folder.id(), services.results().flat(folder.path())) != null) throw Failure.wrongUse("the run " + folder.id() + " is named twice");
            recipes.add(folder.recipe().lines().toList());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(figures));
        else print(figures, recipes, out);
        out.flush();
        return 0;
    }

    private record Cell(double median, double mean, double deviation, double min, double max, @Nullable Double pooled, List<Long> seeds, List<String> runs, boolean best, boolean level) {
        static Cell of(ResultTable.Cell c) {
            Spread s = c.spread();
            return new Cell(s.median(), s.mean(), s.deviation(), s.min(), s.max(), c.pooled().orElse(null), List.copyOf(c.runs().keySet()), c.runs().values().stream().flatMap(List::stream).toList(), c.best(), c.level());
        }
    }

    private record Row(List<String> titles, List<@Nullable Cell> cells) {
        static Row of(ResultTable.Row row) {
            List<@Nullable Cell> cells = new ArrayList<>();
            for (Optional<ResultTable.Cell> cell : row.cells()) cells.add(cell.map(Cell::of).orElse(null));
            return new Row(row.titles(), cells);
        }
    }

    private record Page(String caption, List<String> heads, List<String> columns, List<Row> rows, List<String> notes) {}

    private int table() throws Failure, IOException, RecipeException {
        if (resamples < 0) throw Failure.wrongUse("--resamples was " + resamples + " but must not be negative");
        String format = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!file.isEmpty() && !(file.contains(".") && TablePage.FORMATS.contains(format)))
            throw Failure.wrongUse("--out was " + file + " but its ending must be one of ." + String.join(", .", TablePage.FORMATS));
        ResultTable table = table(new RunSelection(services, runs).find(named));
        TablePage page = new TablePage(table, mean);
        if (!file.isEmpty()) TextFile.write(Path.of(file), page.in(format));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(new Page(table.caption(), table.heads(), table.columns(), table.rows().stream().map(Row::of).toList(), table.notes())));
        else out.print(page.text());
        out.flush();
        return 0;
    }

    private ResultTable table(List<RunFolder> folders) throws Failure, IOException, RecipeException {
        try {
            return services.comparisons().table(folders, new TableRequest(rows, columns, figure, smaller, resamples, "--"));
        } catch (ResultException e) {
            throw e.wrongRequest() ? Failure.wrongUse(e.getMessage()) : Failure.failed(e.getMessage());
        }
    }

    private void print(Map<String, Map<String, Double>> figures, List<List<String>> recipes, PrintWriter out) {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(figures.keySet());
        Table table = new Table().row(head.toArray());
        Set<String> names = new LinkedHashSet<>();
        figures.values().forEach(f -> names.addAll(f.keySet()));
        for (String name : names) {
            if (!all && !Results.headline(name)) continue;
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
