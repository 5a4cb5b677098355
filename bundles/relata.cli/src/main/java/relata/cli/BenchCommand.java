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
import relata.api.result.Spread;
import relata.api.run.Command;
import relata.api.run.Recipe;
import relata.api.run.Workbench;

/** Measures how fast a training stage is on this machine. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measure a recipe's training step (forward, backward, update) on made-up sentences of one length.",
        footer = {"", "Other work on the machine slows it down: compare only figures of one sitting.", "Example:", "  relata bench bert-clre --views 64 --length 64"})
public final class BenchCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECIPE", defaultValue = "bert-clre", description = "Name or file of a recipe (default: ${DEFAULT-VALUE}).")
    private String recipe = "bert-clre";

    @Option(names = "--stage", paramLabel = "STAGE", defaultValue = "pretrain", description = "The training stage (default: ${DEFAULT-VALUE}).")
    private String stage = "pretrain";

    @Option(names = "--views", paramLabel = "N", defaultValue = "64", description = "Views in a step (default: ${DEFAULT-VALUE}).")
    private int views = 64;

    @Option(names = "--length", paramLabel = "N", defaultValue = "64", description = "Sub-words of a view (default: ${DEFAULT-VALUE}).")
    private int length = 64;

    @Option(names = "--warmup", paramLabel = "N", defaultValue = "3", description = "Steps before the first that counts (default: ${DEFAULT-VALUE}).")
    private int warmup = 3;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "10", description = "Steps that count (default: ${DEFAULT-VALUE}).")
    private int steps = 10;

    @Option(names = "-D", paramLabel = "PATH=VALUE", description = "Set a value of the recipe; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON, with every step.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public BenchCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        if (steps < 1 || warmup < 0) throw Failure.wrongUse("--steps must be at least 1 and --warmup at least 0");
        RecipeFile file = RecipeFile.find(services.home(), recipe);
        Recipe read = services.recipes().read(file.path().toString(), file.text(), overrides);
        Workbench.Speed speed = services.workbench().speed(read, stage, views, length, warmup, steps);
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.line(speed));
        else {
            Spread seconds = Spread.of(speed.seconds());
            out.printf(Locale.ROOT, "%s, stage %s: %d views of %d sub-words a step, %s%n", read.name(), stage, speed.views(), speed.length(), services.workbench().engine());
            out.printf(Locale.ROOT, "%.3f s a step (median of %d; %.3f to %.3f), %.1f views a second%n", seconds.median(), seconds.values().size(), seconds.min(), seconds.max(), speed.views() / seconds.median());
            if (speed.peak() > 0) {
                int last = speed.resident().size() - 1;
                out.printf(Locale.ROOT, "memory: %.2f GiB after the first step that counts, %.2f GiB after the last, %.2f GiB at most%n",
                        gib(speed.resident().get(0)), gib(speed.resident().get(last)), gib(speed.peak()));
            }
        }
        out.flush();
        return 0;
    }

    private static double gib(long bytes) {
        return bytes / (double) (1L << 30);
    }
}
