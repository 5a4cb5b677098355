package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import relata.api.run.TrainedModel;

/** Finds the models of a run. */
final class TrainedModels {
    private TrainedModels() {}

    /** By stage: its model, or its checkpoint while it is at work. What cannot be read is left out: it may just be replaced. @param run its folder */
    static List<TrainedModel> of(Path run) throws IOException {
        Path stages = run.resolve("stages");
        if (!Files.isDirectory(stages)) return List.of();
        List<Path> folders;
        try (Stream<Path> list = Files.list(stages)) {
            folders = list.filter(Files::isDirectory).sorted().toList();
        }
        List<TrainedModel> found = new ArrayList<>();
        for (Path stage : folders) {
            Path done = stage.resolve("model"), checkpoint = stage.resolve("checkpoint");
            if (Files.isRegularFile(done.resolve(ModelCard.FILE))) read(stage, done, Optional.empty()).ifPresent(found::add);
            else TrainingState.epochs(checkpoint).flatMap(epochs -> read(stage, TrainingState.model(checkpoint), Optional.of(epochs))).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<TrainedModel> read(Path stage, Path folder, Optional<Integer> epochs) {
        try {
            ModelCard card = ModelCard.read(folder);
            boolean predicts = card.objective() != null || card.classifier() != null;
            return Optional.of(new TrainedModel(stage.getFileName().toString(), folder, predicts, card.labels(), Optional.ofNullable(card.negative()), epochs,
                    Files.getLastModifiedTime(folder.resolve(ModelCard.FILE)).toInstant(), ExportedModel.made(folder)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
