package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.runtime.TinyTraining.hex;
import static relata.runtime.TinyTraining.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Ref;
import relata.api.evaluate.Classifier;
import relata.runtime.TinyTraining.None;
import relata.runtime.TinyTraining.Scene;

class TrainingTest {
    @Test
    void accumulationAddsGradientsUpAndSaysThatItAddsNoNegatives(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.classifies = false;
        train(scene, 3, 1);
        assertTrue(scene.said.stream().anyMatch(s -> s.contains("negatives")), scene.said.toString());
        assertEquals(2 * 4, scene.updates, "10 batches in threes are 4 updates an epoch");
    }

    @Test
    void theLastUpdateOfAnEpochIsAMeanTooIfItHasFewerBatches() {
        assertEquals(List.of(3, 3, 3, 3, 3, 3, 3, 3, 3, 1), IntStream.range(0, 10).mapToObj(b -> Training.together(b, 10, 3)).toList());
        assertEquals(List.of(5, 5, 5, 5, 5), IntStream.range(0, 5).mapToObj(b -> Training.together(b, 5, 64)).toList());
    }

    @Test
    void aLossThatIsNotANumberNamesItsObjective(@TempDir Path folder) {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> train(scene, 1, Float.NaN));
        assertTrue(e.getMessage().contains("'pull'") && e.getMessage().contains("NaN"), e.getMessage());
        assertFalse(Files.exists(scene.folder().resolve("model")), "a failed training must leave no model");
    }

    @Test
    void whatIsNotOneNumberNamesItsObjective(@TempDir Path folder) {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.vector = true;
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> train(scene, 1, 1));
        assertEquals("objective 'pull' gave a float32 array (2) in epoch 1, batch 1; it must be one float32 number", e.getMessage());
    }

    @Test
    void objectivesWithTheSameNamesAreTrainedAndSavedSideBySide(@TempDir Path folder) throws Exception {
        Scene whole = new Scene(folder.resolve("whole"), Integer.MAX_VALUE);
        whole.objectives = 2;
        train(whole, 1, 1);
        assertEquals(List.of("words", "head", "objectives.1.head"), Files.readAllLines(whole.folder().resolve("model/names.txt")));
        Scene scene = new Scene(folder.resolve("stopped"), 7);
        scene.objectives = 2;
        assertThrows(InterruptedException.class, () -> train(scene, 1, 1));
        scene.stopAt = Integer.MAX_VALUE;
        train(scene, 1, 1);
        assertEquals(hex(whole.folder().resolve("model/weights.bin")), hex(scene.folder().resolve("model/weights.bin")));
    }

    @Test
    void objectivesPrepareABatchOneAfterTheOther(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.objectives = 2;
        train(scene, 1, 1);
        assertEquals(2 * 2 * 10, scene.prepared.size(), "two objectives, two epochs, ten batches; none where the epoch is judged");
        assertEquals(2 * 10, scene.prepared.stream().distinct().filter(p -> p.startsWith("first")).count(), "every batch of every epoch has chances of its own");
        for (int i = 0; i < scene.prepared.size(); i += 2) {
            assertTrue(scene.prepared.get(i).startsWith("first"), scene.prepared.get(i));
            assertTrue(scene.prepared.get(i + 1).startsWith("later"), scene.prepared.get(i + 1));
        }
    }

    @Test
    void anEncoderWithoutAHeadIsJudgedByEpisodes(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(folder, Integer.MAX_VALUE);
        scene.classifies = false;
        scene.episodes = Optional.of(new Train.Judging(2, 2, 1, 50, new Ref<>(Classifier.class, "means", new None())));
        train(scene, 1, 1);
        List<Object> judged = scene.metrics.stream().filter(line -> line.containsKey("few-shot-accuracy")).map(line -> line.get("few-shot-accuracy")).toList();
        assertEquals(2, judged.size(), "each of the two epochs is judged: " + scene.metrics);
        assertTrue(judged.stream().allMatch(a -> (double) a > 0 && (double) a < 1), judged.toString());
        assertTrue(Files.exists(scene.folder().resolve("model/weights.bin")), "the best epoch is kept");
    }
}
