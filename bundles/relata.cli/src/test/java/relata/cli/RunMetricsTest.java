package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {
    @TempDir
    private Path run;

    private List<String> begun() throws IOException {
        return RunMetrics.stages(run).stream().map(s -> s.getFileName().toString()).toList();
    }

    @Test
    void stagesAreInTheOrderOfTheRecipeAndThoseToComeAreNamedToo() throws Exception {
        for (String stage : List.of("finetune", "pretrain", "another")) Files.createDirectories(run.resolve("stages").resolve(stage));
        assertEquals(List.of("another", "finetune", "pretrain"), begun(), "without a recipe");
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
        assertEquals(List.of("pretrain", "finetune", "another"), begun());
        assertEquals(List.of("pretrain", "finetune", "test", "another"), RunMetrics.named(run));
    }

    @Test
    void figuresFollowTheStages() throws Exception {
        Files.writeString(run.resolve("recipe.yaml"), "stages:\n  test:\n    use: evaluate\n  shift:\n    use: prediction-shift\n");
        for (String stage : List.of("shift", "test"))
            Files.writeString(Files.createDirectories(run.resolve("stages").resolve(stage)).resolve("evaluation.json"), "{\"metrics\": {\"f1\": 0.5}}");
        assertEquals(List.of("test.f1", "shift.f1"), List.copyOf(RunMetrics.flat(run).keySet()));
    }
}
