package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import relata.api.learn.Optimiser;

/** The checkpoint of a training in its stage folder: {@code checkpoint/model} (weights), {@code checkpoint/optimiser.bin}, {@code checkpoint/place.json}; and {@code best}, the best epoch's model. */
final class TrainingState {
    private static final Gson GSON = new Gson();

    private final Path checkpoint;
    private final Path best;

    /**
     * Where a training is, between two updates.
     *
     * @param epoch number of finished epochs
     * @param batch number of finished batches of the epoch at work
     * @param step number of updates
     * @param bestEpoch best epoch so far, from 0; -1 if none was judged
     * @param best its number
     * @param lossSum sum of the losses since the last report
     * @param lossCount their count
     */
    record Place(int epoch, int batch, long step, int bestEpoch, double best, double lossSum, int lossCount) {
        static final Place START = new Place(0, 0, 0, -1, 0, 0, 0);

        Place updated(int batches) {
            return new Place(epoch, batches, step + 1, bestEpoch, best, lossSum, lossCount);
        }

        Place pending(double sum, int count) {
            return new Place(epoch, batch, step, bestEpoch, best, sum, count);
        }

        Place better(int betterEpoch, double number) {
            return new Place(epoch, batch, step, betterEpoch, number, lossSum, lossCount);
        }

        Place epochDone() {
            return new Place(epoch + 1, 0, step, bestEpoch, best, lossSum, lossCount);
        }
    }

    TrainingState(Path stage) {
        this.checkpoint = stage.resolve("checkpoint");
        this.best = stage.resolve("best");
    }

    /** Folder of the best epoch's model. */
    Path best() {
        return best;
    }

    /** How many epochs are done at a checkpoint; empty if there is none that can be read. */
    static Optional<Integer> epochs(Path checkpoint) {
        Path file = checkpoint.resolve("place.json");
        try {
            return Files.isRegularFile(file) ? Optional.ofNullable(GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), Place.class)).map(Place::epoch) : Optional.empty();
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }

    /** Folder of the weights in a checkpoint. */
    static Path model(Path checkpoint) {
        return checkpoint.resolve("model");
    }

    /** The last complete checkpoint, if there is one. */
    Optional<Path> recover() throws IOException {
        Folders.recover(checkpoint);
        Folders.recover(best);
        return Files.isDirectory(checkpoint) ? Optional.of(checkpoint) : Optional.empty();
    }

    void save(Place place, Optimiser.Updates updates, Folders.Filling model) throws IOException {
        Folders.replace(checkpoint, folder -> {
            model.fill(Files.createDirectories(model(folder)));
            StateFile.write(folder.resolve("optimiser.bin"), updates.state());
            Files.writeString(folder.resolve("place.json"), GSON.toJson(place), StandardCharsets.UTF_8);
        });
    }

    Place restore(Path from, Optimiser.Updates updates, NDManager manager) throws IOException {
        try (NDManager temporary = manager.newSubManager()) {
            Map<String, NDArray> state = StateFile.read(from.resolve("optimiser.bin"), temporary);
            updates.restore(state);
        }
        Path file = from.resolve("place.json");
        try {
            Place place = GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), Place.class);
            if (place == null) throw new IOException(file + " is empty");
            return place;
        } catch (JsonParseException e) {
            throw new IOException(file + " is cut off or no JSON object", e);
        }
    }

    /** Removes what a finished training does not need; the checkpoint first, so that an interruption between the two starts afresh rather than without its best epoch. */
    void clear() throws IOException {
        Folders.discard(checkpoint);
        Folders.discard(best);
    }
}
