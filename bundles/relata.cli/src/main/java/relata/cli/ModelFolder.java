package relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import relata.api.run.RunFolder;

/** The folder that a user means by {@code --model} and {@code --stage}. */
final class ModelFolder {
    private ModelFolder() {}

    /**
     * Finds it.
     *
     * @param model a folder; or a run as {@link relata.api.run.Runs#open} takes it, also with a full stop and a stage behind it, as the console names models
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
            // stages are names without a full stop, and a path may well have one
            if (!stage.isEmpty() || dot <= 0 || model.indexOf('/', dot) >= 0) throw e;
            return stage(services, services.runs().open(runs, model.substring(0, dot)).path(), model.substring(dot + 1));
        }
        return stage(services, run.path(), stage);
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
