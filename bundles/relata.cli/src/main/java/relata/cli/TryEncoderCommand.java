package relata.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.run.Command;

/** Shows the relation vectors that an encoder gives to the user's examples. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=try")
@picocli.CommandLine.Command(name = "encoder", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Encode examples: one relation vector for each pair of entities. Without --json, how near the vectors are to the first one.",
        footer = {"", "Example:", "  relata try encoder transformer --with checkpoint=minilm-l6 --input in.jsonl"})
public final class TryEncoderCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The encoder.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of it, e.g. checkpoint=minilm-l6; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "Examples in JSON lines; - is standard input.")
    private String input = "-";

    @Option(names = "--json", description = "Print JSON lines, with the vectors.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public TryEncoderCommand(@Reference Services services) {
        this.services = services;
    }

    private record Row(String example, int pair) {}

    private record Line(String example, int pair, float[] vector) {}

    @Override
    public Integer call() throws Exception {
        DescribeCommand.find(services.catalogue(), "encoder", name);
        List<Example> examples = new Inputs(services).examples(input);
        Embeddings vectors = services.workbench().encode(services.recipes().part("encoder", name, settings), examples);
        List<Row> rows = new ArrayList<>();
        for (Example example : examples) for (int pair = 0; pair < example.pairs().size(); pair++) rows.add(new Row(example.id(), pair));
        PrintWriter out = spec.commandLine().getOut();
        if (json) for (int i = 0; i < rows.size(); i++) out.println(Output.line(new Line(rows.get(i).example(), rows.get(i).pair(), vectors.rows()[i])));
        else {
            Table table = new Table().row("example", "pair", "width", "norm", "cosine to the first");
            for (int i = 0; i < rows.size(); i++) {
                float[] v = vectors.rows()[i];
                double norm = Math.sqrt(dot(v, v));
                double first = Math.sqrt(dot(vectors.rows()[0], vectors.rows()[0]));
                table.row(rows.get(i).example(), rows.get(i).pair(), v.length, text(norm), text(dot(v, vectors.rows()[0]) / (norm * first)));
            }
            out.print(table);
        }
        out.flush();
        return 0;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
        return sum;
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.4f", x);
    }
}
