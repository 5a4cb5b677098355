package relata.runs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderResultsTest {
    @TempDir
    private Path run;

    private final FolderResults results = new FolderResults();

    @Test
    void stagesAreInTheOrderOfTheRecipeAndThoseToComeAreNamedToo() throws Exception {
        for (String stage : List.of("finetune", "pretrain", "another")) Files.createDirectories(run.resolve("stages").resolve(stage));
        assertEquals(List.of("another", "finetune", "pretrain"), results.stages(run), "without a recipe");
        Files.writeString(run.resolve("recipe.yaml"), """
                recipe: small
                corpus:
                  use: wordnet
                stages:
                  pretrain:
                    use: train
                    with:
                      epochs: 1
                  finetune: { use: train }
                  test:
                    use: evaluate
                extra:
                  none: 1
                """);
        assertEquals(List.of("pretrain", "finetune", "test", "another"), results.stages(run));
    }

    @Test
    void figuresFollowTheStages() throws Exception {
        Files.writeString(run.resolve("recipe.yaml"), "stages:\n  test:\n    use: evaluate\n  shift:\n    use: prediction-shift\n");
        for (String stage : List.of("shift", "test"))
            Files.writeString(Files.createDirectories(run.resolve("stages").resolve(stage)).resolve("evaluation.json"), "{\"metrics\": {\"f1\": 0.5}}");
        assertEquals(List.of("test.f1", "shift.f1"), List.copyOf(results.flat(run).keySet()));
    }
}
