package relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import relata.api.run.RunFolder;

/** The folder that a user means by {@code --model} and {@code --stage}. */
final class ModelFolder {
    private static final String CARD = "relata.json", EXPORTED = "model.onnx";

    private ModelFolder() {}

    /**
     * Finds it.
     *
     * @param model a folder; the ONNX file of an export that is a folder; or a run as {@link relata.api.run.Runs#open} takes it, also with a full stop and a stage behind it, as the console names models
     * @param stage of the run; empty for the only one, or the one that the model names
     */
    static Path find(Services services, Path runs, String model, String stage) throws Failure, IOException {
        Path named = Path.of(model);
        if (Files.isDirectory(named)) return stage(services, named, stage);
        int dot = model.lastIndexOf('.');
        RunFolder run;
        try {
            run = services.runs().open(runs, model);
        } catch (IOException e) {
            if (Files.isRegularFile(named)) return stage(services, ofFile(named), stage);
            // stages are names without a full stop, and a path may well have one
            if (!stage.isEmpty() || dot <= 0 || model.indexOf('/', dot) >= 0) throw e;
            return stage(services, services.runs().open(runs, model.substring(0, dot)).path(), model.substring(dot + 1));
        }
        return stage(services, run.path(), stage);
    }

    /** The folder of an export, by the file whose path 'relata export' prints. */
    private static Path ofFile(Path file) throws Failure {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        boolean described = Files.isRegularFile(folder.resolve(CARD));
        if (described && file.endsWith(EXPORTED)) return folder;
        if (described) throw Failure.wrongUse("--model " + file + " is a file; name its folder, " + folder);
        throw Failure.wrongUse("--model " + file + " is a file without " + CARD + " beside it; name the folder of a model"
                + (file.toString().endsWith(".onnx") ? ". One file alone is for other programs: 'relata export --onnx' with a folder's name writes what can be asked here" : ""));
    }

    private static Path stage(Services services, Path folder, String stage) throws Failure, IOException {
        if (stage.isEmpty()) return folder;
        Path chosen = folder.resolve("stages").resolve(stage);
        if (!Files.isDirectory(chosen)) {
            List<String> there = services.results().stages(folder).stream().filter(s -> Files.isDirectory(folder.resolve("stages").resolve(s))).toList();
            throw Failure.wrongUse(folder + " has no stage '" + stage + "'. It has: " + String.join(", ", there) + ".");
        }
        return chosen;
    }
}
