package relata.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
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
import relata.api.corpus.CorpusException;
import relata.api.run.Command;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/** Shows the parses that a dependency parser makes of the user's sentences. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=try")
@picocli.CommandLine.Command(name = "parser", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Parse sentences: one a line, or examples in JSON lines.",
        footer = {"", "Example:", "  echo 'Steve Jobs founded Apple.' | relata try parser corenlp --input -"})
public final class TryParserCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The parser.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of it; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "Text, one sentence a line, or a .jsonl file of examples; - is standard input, of text.")
    private String input = "-";

    @Option(names = "--json", description = "Print JSON lines.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public TryParserCommand(@Reference Services services) {
        this.services = services;
    }

    private record Line(List<String> tokens, List<Integer> heads, List<String> labels, List<String> tags, List<Integer> sentences) {}

    @Override
    public Integer call() throws Exception {
        DescribeCommand.find(services.catalogue(), "parser", name);
        DependencyParser parser = services.workbench().create(Inputs.cast(DependencyParser.class, services.recipes().part("parser", name, settings)));
        PrintWriter out = spec.commandLine().getOut();
        for (List<String> tokens : passages()) {
            DependencyGraph graph = parser.parse(tokens);
            if (json) out.println(Output.line(new Line(tokens, graph.heads(), graph.labels(), graph.tags(), graph.sentences())));
            else {
                Table table = new Table();
                for (int i = 0; i < graph.size(); i++) table.row(i + 1, tokens.get(i), graph.tags().get(i), graph.heads().get(i) + 1, graph.labels().get(i));
                out.println(table);
            }
        }
        out.flush();
        return 0;
    }

    private List<List<String>> passages() throws Exception {
        List<List<String>> passages = new ArrayList<>();
        if (input.endsWith(".jsonl")) new Inputs(services).examples(input).forEach(e -> passages.add(e.passage().tokens()));
        else Inputs.text(input).lines().map(Sentences::tokens).filter(t -> !t.isEmpty()).forEach(passages::add);
        if (passages.isEmpty()) throw new CorpusException(input.equals("-") ? "standard input" : input, "holds no sentence");
        return passages;
    }
}
