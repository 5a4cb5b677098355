package relata.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.RelationModel;
import relata.api.run.Command;
import relata.api.run.Progress;
import relata.api.run.RunStatus;

/** Answers the questions of a file by a trained model. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "predict", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Predict relations with a trained model: examples in JSON lines in, one JSON object for each pair out.",
        footer = {"", "Example:", "  relata predict --model last --stage finetune --in new.jsonl --out out.jsonl"})
public final class PredictCommand implements Command, Callable<Integer> {
    private static final int SLICE = 256;

    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", paramLabel = "RUN|DIR", required = true, description = "A run (id, beginning of it, or 'last'; RUN.STAGE for one of its stages), or the folder of a run, stage or model.")
    private String model = "";

    @Option(names = "--stage", paramLabel = "STAGE", description = "The stage of the run whose model to use, if it has several.")
    private String stage = "";

    @Option(names = "--engine", paramLabel = "onnx|pytorch", description = "What works out the answers: the model as it was exported, or the engine that trained it (default: as it was exported, if it was).")
    private String engine = "";

    @Option(names = "--in", paramLabel = "FILE", required = true, description = "Examples in JSON lines; - is standard input.")
    private String in = "-";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write the answers; - is standard output.")
    private String out = "-";

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--json", description = "Print a summary as JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public PredictCommand(@Reference Services services) {
        this.services = services;
    }

    private record Answer(String example, int pair, String head, String tail, List<String> gold, String label, Map<String, Double> scores) {}

    private record Summary(String model, String engine, int examples, int answers, String out) {}

    @Override
    public Integer call() throws Exception {
        List<Example> examples = new Inputs(services).examples(in);
        Path folder = ModelFolder.find(services, runs, model, stage);
        if (!out.equals("-")) checkOut(Path.of(out));
        int answers;
        String by;
        try (RelationModel opened = services.workbench().open(folder, engine)) {
            by = opened.engine();
            if (out.equals("-")) {
                answers = answer(opened, examples, spec.commandLine().getOut());
                spec.commandLine().getOut().flush();
            } else answers = answerInto(Path.of(out), opened, examples);
        }
        Summary summary = new Summary(folder.toString(), by, examples.size(), answers, out);
        // with the answers on standard output, there is no room for another word
        if (out.equals("-")) return 0;
        spec.commandLine().getOut().println(json ? Output.page(summary) : answers + " answers to " + examples.size() + " examples are in " + out + (by.isEmpty() ? "" : " (" + by + ")"));
        return 0;
    }

    /** Before the model is loaded and the answers are made. */
    static void checkOut(Path file) throws Failure {
        if (Files.isDirectory(file)) throw Failure.wrongUse("--out " + file + " is a folder; name a file");
        // moving the answers there would put a file in the place of a device
        if (Files.exists(file) && !Files.isRegularFile(file)) throw Failure.wrongUse("--out " + file + " is no regular file; - is standard output");
        if (!Files.isDirectory(parent(file))) throw Failure.wrongUse("--out " + file + ": there is no folder " + parent(file));
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
    }

    /** Beside, then moved: nobody takes half an answer for a whole one. */
    private int answerInto(Path file, RelationModel opened, List<Example> examples) throws IOException {
        // not a temporary file, which nobody else may read
        Path beside = parent(file).resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        Interrupt.endAtOnce(() -> discard(beside));
        try {
            int answers;
            try (BufferedWriter writer = Files.newBufferedWriter(beside); PrintWriter lines = new PrintWriter(writer)) {
                answers = answer(opened, examples, lines);
                // a print writer keeps quiet about a full disk
                if (lines.checkError()) throw new IOException(file + " cannot be written: is the disk full?");
            }
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return answers;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void discard(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            // the process ends, and the file's name says that it is a part
        }
    }

    private int answer(RelationModel opened, List<Example> examples, PrintWriter lines) {
        RunLog log = new RunLog(spec.commandLine().getErr(), Terminal.ofProcess(), System::nanoTime);
        int answers = 0;
        for (int from = 0; from < examples.size(); from += SLICE) {
            List<Example> slice = examples.subList(from, Math.min(from + SLICE, examples.size()));
            List<Prediction> predictions = predict(opened, slice);
            int item = 0;
            for (Example example : slice)
                for (int pair = 0; pair < example.pairs().size(); pair++) {
                    lines.println(Output.line(answer(example, pair, opened.labels(), predictions.get(item++))));
                    answers++;
                }
            log.progress("", "predict", new Progress("predicts", from + slice.size(), examples.size(), "examples", ""));
        }
        log.runFinished("", RunStatus.DONE);
        return answers;
    }

    /** On all cores. */
    static List<Prediction> predict(RelationModel opened, List<Example> slice) {
        if (!opened.concurrent()) return opened.predict(slice).items();
        int cores = Runtime.getRuntime().availableProcessors(), size = (slice.size() + cores - 1) / cores;
        try {
            return IntStream.range(0, cores).parallel().mapToObj(i -> slice.subList(Math.min(i * size, slice.size()), Math.min((i + 1) * size, slice.size())))
                    .filter(part -> !part.isEmpty()).map(part -> opened.predict(part).items()).flatMap(List::stream).toList();
        } catch (RuntimeException e) {
            // what another thread threw comes wrapped in an exception of its own class, whose message begins with the class's name
            if (e.getCause() instanceof RuntimeException cause && cause.getClass() == e.getClass() && cause.toString().equals(e.getMessage())) throw cause;
            throw e;
        }
    }

    private static Answer answer(Example example, int pair, List<String> labels, Prediction p) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int i = 0; i < labels.size() && i < p.scores().size(); i++) scores.put(labels.get(i), p.scores().get(i));
        return new Answer(example.id(), pair, example.head(pair).id(), example.tail(pair).id(), p.gold(), p.label(), scores);
    }
}
