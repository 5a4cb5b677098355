package relata.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.corpus.Corpus;
import relata.api.run.Command;

/** Reads a corpus and says what is wrong with it. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=corpus")
@picocli.CommandLine.Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Read a corpus and say what is wrong: unreadable data, double ids, the same question in two splits, relations that training never sees. Exit code 1 if anything is.")
public final class CorpusCheckCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "READER|RECIPE", description = "A corpus reader ('relata list corpus'), or a recipe, whose corpus is meant.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of the reader, e.g. root=data; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--first", paramLabel = "N", defaultValue = "20", description = "How many findings to show (default: ${DEFAULT-VALUE}).")
    private int first = 20;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public CorpusCheckCommand(@Reference Services services) {
        this.services = services;
    }

    private record Report(boolean ok, String corpus, int examples, int findings, List<String> first) {}

    @Override
    public Integer call() throws Exception {
        Corpus corpus = NamedCorpus.read(services, name, settings);
        List<String> findings = CorpusInspection.of(corpus);
        int examples = corpus.splits().values().stream().mapToInt(List::size).sum();
        Report report = new Report(findings.isEmpty(), corpus.name(), examples, findings.size(), findings.stream().limit(first).toList());
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(report));
        else {
            report.first().forEach(out::println);
            if (findings.size() > first) out.println("... and " + (findings.size() - first) + " more");
            out.println(examples + " examples in " + corpus.splits().size() + " splits: " + (findings.isEmpty() ? "nothing is wrong." : findings.size() + " findings."));
        }
        out.flush();
        return findings.isEmpty() ? 0 : Failure.FAILED;
    }
}
