package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.runtime.TinyTraining.hex;
import static relata.runtime.TinyTraining.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Example;
import relata.api.evaluate.RelationEncoder;
import relata.api.learn.Engine;
import relata.api.run.TrainedModel;
import relata.runtime.TinyTraining.Killed;
import relata.runtime.TinyTraining.Rendered;
import relata.runtime.TinyTraining.Scene;
import relata.testkit.TestEngine;

/** A training that was interrupted, killed or watched comes to the same numbers. */
class ResumedTrainingTest {
    private final Engine engine = TestEngine.engine();

    @Test
    void anInterruptedTrainingEndsWithTheNumbersOfAnUninterruptedOne(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        train(whole, 2, 1);
        String weights = hex(whole.folder().resolve("model/weights.bin"));
        assertTrue(whole.metrics.stream().anyMatch(line -> line.containsKey("loss")), "no loss was reported: " + whole.metrics);
        int stops = whole.asked.get();
        assertTrue(stops >= 20, "a test over " + stops + " places says little");
        for (int at = 0; at < stops; at++) {
            Scene scene = new Scene(folder.resolve("at" + at), at);
            assertThrows(InterruptedException.class, () -> train(scene, 2, 1));
            scene.stopAt = Integer.MAX_VALUE;
            train(scene, 2, 1);
            assertEquals(weights, hex(scene.folder().resolve("model/weights.bin")), "weights after a stop at " + at);
            assertEquals(whole.metrics, scene.metrics, "metrics after a stop at " + at);
        }
    }

    @Test
    void aTrainingKilledBetweenCheckpointsGoesOnFromTheLast(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        train(whole, 1, 1);
        for (int at : new int[] {1, 7, 13}) {
            Scene scene = new Scene(folder.resolve("at" + at), at);
            scene.kill = true;
            assertThrows(Killed.class, () -> train(scene, 1, 1));
            scene.kill = false;
            scene.stopAt = Integer.MAX_VALUE;
            train(scene, 1, 1);
            assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(scene.folder().resolve("model/weights.bin")), "weights after a kill at " + at);
            assertEquals(whole.metrics, scene.metrics, "metrics after a kill at " + at);
        }
    }

    @Test
    void aDamagedCheckpointIsNamedAndCanBeDoneWithout(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        train(whole, 1, 1);
        for (String damaged : List.of("place.json", "optimiser.bin")) {
            Scene scene = new Scene(folder.resolve(damaged), 7);
            assertThrows(InterruptedException.class, () -> train(scene, 1, 1));
            scene.stopAt = Integer.MAX_VALUE;
            Path checkpoint = scene.folder().resolve("checkpoint");
            byte[] bytes = Files.readAllBytes(checkpoint.resolve(damaged));
            for (int length : new int[] {0, bytes.length / 2}) {
                Files.write(checkpoint.resolve(damaged), Arrays.copyOf(bytes, length));
                IOException e = assertThrows(IOException.class, () -> train(scene, 1, 1));
                assertTrue(e.getMessage().contains(damaged) && e.getMessage().contains("Without that folder"), e.getMessage());
            }
            Folders.delete(checkpoint);
            train(scene, 1, 1);
            assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(scene.folder().resolve("model/weights.bin")));
            assertEquals(whole.metrics, scene.metrics);
        }
    }

    @Test
    void checkpointsAreEncodedBesideATrainingThatComesToTheSameNumbers(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE), watched = new Scene(folder.resolve("watched"), Integer.MAX_VALUE);
        train(whole, 1, 1);
        Path run = watched.folder().getParent().getParent();
        List<Example> asked = watched.corpus().splits().get("dev");
        Set<Integer> epochs = ConcurrentHashMap.newKeySet();
        watched.beside = () -> {
            try {
                for (TrainedModel model : TrainedModels.of(run))
                    try (RelationEncoder encoder = OpenEncoder.open(engine, new Rendered(), watched, model.folder())) {
                        assertEquals(20, encoder.encode(asked).size());
                        model.epochs().ifPresent(epochs::add);
                    }
            } catch (IOException e) {
                // the checkpoint was being replaced
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        train(watched, 1, 1);
        watched.last.join();
        assertTrue(epochs.contains(0) && epochs.contains(1), "encoded after epochs " + epochs);
        assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(watched.folder().resolve("model/weights.bin")));
        assertEquals(whole.metrics, watched.metrics);
        TrainedModel done = TrainedModels.of(run).get(0);
        assertEquals("train", done.stage());
        assertTrue(done.epochs().isEmpty() && done.predicts());
        assertEquals(List.of("no", "yes"), done.labels());
    }
}
