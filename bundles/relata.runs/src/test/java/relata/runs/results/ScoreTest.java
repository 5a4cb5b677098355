package relata.runs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.result.ResultException;
import relata.api.result.TableRequest;

/** What scores were reached with, and that no cell mixes what differs in silence. */
class ScoreTest {
    /** Of a run that pre-trains, finetunes and judges: by 'test', and by 'episodes', which names the stage as its start. */
    private static Score score(String run, String stage, String... settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("recipe", "own", "seed", "1", "stages.finetune.with.from", "pretrain", "stages.pretrain.with.fraction", "1", "stages.finetune.with.fraction", "1.0",
                "stages.test.with.model", "finetune", "stages.episodes.with.from", "finetune"));
        for (String setting : settings) all.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        return new Score(run, stage, Path.of(run, stage), 0.5, all);
    }

    private static TableKeys keys(List<Score> scores, String... columns) throws ResultException {
        return TableKeys.of(scores, new TableRequest(List.of(), List.of(columns), "", false, 0, "--"));
    }

    @Test
    void theShareIsThatOfTheNearestStageWithOne() {
        for (String stage : List.of("test", "episodes")) {
            assertEquals("1", score("a", stage).value("fraction"));
            assertEquals("0.2", score("a", stage, "stages.pretrain.with.fraction=0.2").value("fraction"));
            assertEquals("0.1", score("a", stage, "stages.pretrain.with.fraction=0.2", "stages.finetune.with.fraction=0.1").value("fraction"));
            assertEquals("1", score("a", stage, "stages.other.with.fraction=0.2").value("fraction"), "no stage of its model");
        }
        assertEquals("1", score("a", "test", "stages.pretrain.with.from=finetune").value("fraction"), "a recipe that goes round, as none should");
    }

    @Test
    void sharesThatDifferBehindTheShareAreRows() throws ResultException {
        Score small = score("a", "test", "stages.pretrain.with.fraction=0.2", "stages.finetune.with.fraction=0.1"), large = score("b", "test", "stages.pretrain.with.fraction=0.5", "stages.finetune.with.fraction=0.1");
        assertEquals(List.of("stages.pretrain.with.fraction"), keys(List.of(small, large)).rows());
        assertEquals(List.of("stages.pretrain.with.fraction"), new TableKeys(List.of("recipe"), List.of("fraction")).hidden(List.of(small, large)));
        TableKeys plain = keys(List.of(small, score("c", "test")));
        assertEquals(List.of("recipe"), plain.rows());
        assertEquals(List.of("fraction"), plain.columns());
        assertEquals(List.of("fraction"), keys(List.of(small, score("c", "test")), "stage").rows(), "columns of something else leave the share to the rows");
        assertEquals(List.of("recipe"), keys(List.of(score("a", "test"), score("b", "test", "stages.other.with.fraction=0.2"))).rows(), "what another model was trained on");
    }

    @Test
    void foldsAndTheirFileAreSettingsLikeOthers() throws ResultException {
        List<Score> scores = List.of(score("a", "test", "corpus.with.folds=2", "corpus.with.fold=0"), score("b", "test", "corpus.with.folds=3", "corpus.with.fold=1", "corpus.with.file=x"));
        assertEquals(List.of("corpus.with.folds", "corpus.with.file"), keys(scores).rows());
    }

    @Test
    void aSeedWithoutAllFoldsIsLeftOut() {
        List<Score> scores = List.of(score("a", "test", "corpus.with.folds=2", "corpus.with.fold=0"), score("b", "test", "corpus.with.folds=2", "corpus.with.fold=1"),
                score("c", "test", "corpus.with.folds=2", "corpus.with.fold=1", "seed=2"));
        List<String> notes = new ArrayList<>();
        TableKeys keys = new TableKeys(List.of("recipe"), List.of());
        Grid.Cell cell = Grid.rows(scores, keys, List.of(List.of()), "--", notes).get(0).cells().get(0).orElseThrow();
        assertEquals(List.of(1L), List.copyOf(cell.seeds().keySet()));
        assertEquals(List.of("Left out: seed 2 has 1 of 2 folds: c."), notes);
        assertEquals(List.of(Optional.empty()), Grid.rows(scores.subList(2, 3), keys, List.of(List.of()), "--", notes).get(0).cells());
    }
}
