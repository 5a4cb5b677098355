package relata.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;
import relata.api.run.Workbench;

/** Writes a trained model as ONNX. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Write a trained model as ONNX: for 'relata predict' and 'relata serve', which then answer faster, and for other programs.", "",
            "Before it gets its name, the exported model answers sentences that the run was judged on, and so does the trained one: what differs too much is not kept."},
        footer = {"", "Examples:", "  relata export --model last", "  relata export --model last --stage finetune --onnx exported --int8"})
public final class ExportCommand implements Command, Callable<Integer> {
    private static final double MIB = 1 << 20;

    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", paramLabel = "RUN|DIR", required = true, description = "A run (id, beginning of it, or 'last'; RUN.STAGE for one of its stages), or the folder of a run, stage or model.")
    private String model = "";

    @Option(names = "--stage", paramLabel = "STAGE", description = "The stage of the run whose model to export, if it has several.")
    private String stage = "";

    @Option(names = "--onnx", paramLabel = "FILE|DIR",
            description = "A file ending in .onnx, or a folder (default: within the model's own folder, where predict and serve find it).")
    private Optional<Path> onnx = Optional.empty();

    @Option(names = "--int8", description = "Keep weights in 8 bits: a smaller and faster model, whose answers are not quite the same.")
    private boolean int8;

    @Option(names = "--compare", paramLabel = "N", defaultValue = "500", description = "Examples whose answers to compare (default: ${DEFAULT-VALUE}).")
    private int compare;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public ExportCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        if (compare < 1) throw Failure.wrongUse("--compare was " + compare + " but must be at least 1: a model that was never compared is not exported");
        Path folder = ModelFolder.find(services, runs, model, stage);
        Workbench.Exported done = services.workbench().export(folder, onnx, int8, compare);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Output.page(new Summary(done.file().toString(), done.bytes(), done.examples(), done.questions(), done.difference(), done.agreement(), done.before(), done.after())));
            return 0;
        }
        out.printf(Locale.ROOT, "%s, %.1f MiB%s%n", done.file(), done.bytes() / MIB, int8 ? ", 8 bits" : "");
        out.printf(Locale.ROOT, "Compared on %s: %.2f %% of %,d answers are equal, the largest difference of a score is %.1e%n", done.examples(), 100 * done.agreement(), done.questions(), done.difference());
        done.before().forEach((name, value) -> out.printf(Locale.ROOT, "  %-24s trained %.4f, exported %.4f%n", name, value, done.after().get(name)));
        out.flush();
        return 0;
    }

    private record Summary(String file, long bytes, String examples, int questions, double difference, double agreement, Map<String, Double> before, Map<String, Double> after) {}
}
