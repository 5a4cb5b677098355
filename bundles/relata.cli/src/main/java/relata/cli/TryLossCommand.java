package relata.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
import relata.api.component.Ref;
import relata.api.run.Command;
import relata.api.run.Workbench.LossTrial;

/** Shows value and gradient of a loss on the user's vectors. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=try")
@picocli.CommandLine.Command(name = "loss", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Compute a loss and its gradient.", "",
            "The input is {\"embeddings\": [[...]...], \"groups\": [0, 0, 1, ...]}: rows of one group attract each other, rows of different groups repel each other. \"similarity\" may name another than cosine."},
        footer = {"", "Example:", "  relata try loss nt-xent --with temperature=0.1 --input case.json --json"})
public final class TryLossCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The loss.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of it, e.g. temperature=0.1; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "The case in JSON; - is standard input.")
    private String input = "-";

    @Option(names = "--json", description = "Print {\"value\": x, \"gradient\": [[...]...]}.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public TryLossCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        DescribeCommand.find(services.catalogue(), "loss", name);
        LossCase c = LossCase.parse(input.equals("-") ? "standard input" : input, Inputs.text(input));
        DescribeCommand.find(services.catalogue(), "similarity", c.similarity());
        Ref<?> loss = services.recipes().part("loss", name, settings);
        Ref<?> similarity = services.recipes().part("similarity", c.similarity(), Map.of());
        LossTrial trial = services.workbench().loss(loss, similarity, c.embeddings(), c.groups());
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.line(trial));
        else {
            out.println("value " + trial.value());
            Table table = new Table();
            for (int r = 0; r < trial.gradient().length; r++) {
                StringBuilder row = new StringBuilder();
                for (float g : trial.gradient()[r]) row.append(String.format(Locale.ROOT, "%12.5g", g));
                table.row("row " + r, "group " + c.groups()[r], row);
            }
            out.println("gradient");
            out.print(table);
        }
        out.flush();
        return 0;
    }
}
