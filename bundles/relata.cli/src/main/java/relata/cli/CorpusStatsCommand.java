package relata.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Counts what is in a corpus. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=corpus")
@picocli.CommandLine.Command(name = "stats", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Count examples, relations, lengths and entity types of each split.",
        footer = {"", "Examples:", "  relata corpus stats wordnet", "  relata corpus stats jsonl --with root=data --time 5"})
public final class CorpusStatsCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "READER|RECIPE", description = "A corpus reader ('relata list corpus'), or a recipe, whose corpus is meant.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of the reader, e.g. root=data; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--time", paramLabel = "N", description = "Read it N times, and tell how fast: megabytes and examples a second.")
    private @Nullable Integer times;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public CorpusStatsCommand(@Reference Services services) {
        this.services = services;
    }

    /** @param bytes of the files; 0 if it is not known where they are @param seconds of each reading */
    private record Timed(CorpusStatistics statistics, long bytes, List<Double> seconds) {}

    @Override
    public Integer call() throws Exception {
        if (times != null && times < 1) throw Failure.wrongUse("--time was " + times + " but must be at least 1");
        ReadingSpeed speed = ReadingSpeed.of(() -> NamedCorpus.read(services, name, settings), times == null ? 1 : times, settings.get("root"));
        CorpusStatistics statistics = CorpusStatistics.of(speed.corpus());
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(times == null ? statistics : new Timed(statistics, speed.bytes(), speed.seconds())));
        else print(statistics, out);
        if (times != null && !json) out.println(speed.words());
        out.flush();
        return 0;
    }

    private static void print(CorpusStatistics s, PrintWriter out) {
        out.println("Corpus " + s.name() + (s.negative().isEmpty() ? ", without a negative label" : ", no relation is '" + s.negative() + "'"));
        Table table = new Table();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(s.splits().keySet());
        table.row(head.toArray());
        row(table, s, "examples", x -> x.examples());
        row(table, s, "pairs", x -> x.pairs());
        row(table, s, "pairs without an answer", x -> x.unlabelled());
        row(table, s, "mentions", x -> x.mentions());
        row(table, s, "tokens: shortest", x -> x.tokens().min());
        row(table, s, "tokens: median", x -> x.tokens().median());
        row(table, s, "tokens: mean", x -> String.format(Locale.ROOT, "%.1f", x.tokens().mean()));
        row(table, s, "tokens: 95 %", x -> x.tokens().p95());
        row(table, s, "tokens: longest", x -> x.tokens().max());
        for (String relation : keys(s, CorpusStatistics.Split::relations)) row(table, s, "relation " + relation, x -> x.relations().getOrDefault(relation, 0));
        for (String type : keys(s, CorpusStatistics.Split::entityTypes)) row(table, s, "entity type " + type, x -> x.entityTypes().getOrDefault(type, 0));
        out.print(table);
    }

    private static void row(Table table, CorpusStatistics s, String title, Function<CorpusStatistics.Split, Object> cell) {
        List<Object> row = new ArrayList<>(List.of(title));
        s.splits().values().forEach(split -> row.add(cell.apply(split)));
        table.row(row.toArray());
    }

    private static Set<String> keys(CorpusStatistics s, Function<CorpusStatistics.Split, Map<String, Integer>> map) {
        Set<String> keys = new LinkedHashSet<>();
        s.splits().values().forEach(split -> keys.addAll(map.apply(split).keySet()));
        return keys;
    }
}
