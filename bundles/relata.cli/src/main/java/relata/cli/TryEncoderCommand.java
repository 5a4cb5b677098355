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
import relata.api.run.Workbench;

/** Shows what an encoder reads of the user's examples, and the relation vectors that it gives them. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=try")
@picocli.CommandLine.Command(name = "encoder", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Encode examples: what the encoder reads of each, and one relation vector for each pair of entities. Without --json, how near the vectors are to the first one.",
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

    private record Row(String example, int pair, List<String> tokens) {}

    private record Line(String example, int pair, List<String> tokens, float[] vector) {}

    @Override
    public Integer call() throws Exception {
        DescribeCommand.find(services.catalogue(), "encoder", name);
        List<Example> examples = new Inputs(services).examples(input);
        Workbench.Encoded encoded = services.workbench().encode(services.recipes().part("encoder", name, settings), examples);
        Embeddings vectors = encoded.vectors();
        List<Row> rows = new ArrayList<>();
        for (int e = 0; e < examples.size(); e++)
            for (int pair = 0; pair < examples.get(e).pairs().size(); pair++) rows.add(new Row(examples.get(e).id(), pair, encoded.pieces().get(e)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) for (int i = 0; i < rows.size(); i++) out.println(Output.line(new Line(rows.get(i).example(), rows.get(i).pair(), rows.get(i).tokens(), vectors.rows()[i])));
        else {
            for (int e = 0; e < examples.size(); e++)
                if (!encoded.pieces().get(e).isEmpty()) out.println(examples.get(e).id() + ": " + String.join(" ", encoded.pieces().get(e)));
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
