package relata.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.recipe.YamlRecipesTest.mistakes;
import static relata.recipe.YamlRecipesTest.read;
import static relata.recipe.YamlRecipesTest.train;
import static relata.recipe.YamlRecipesTest.with;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.run.RecipeException;

/** What is wrong with settings is told with its line and path, the rule, and what there is. */
class MistakesTest {
    private final YamlRecipes recipes = new YamlRecipes(new Shelf());

    @Test
    void fiveMistakesAreAnsweredWithAllFive() {
        String yaml = """
                recipe: wrong
                corpus: { use: wordnet }
                encoder: { use: transformer, with: { checkpoint: minilm-l6, pool: max } }
                stages:
                  pretrain:
                    use: train
                    with:
                      objectives:
                        - use: contrastive
                          with: { loss: { use: ntxent, with: { temperature: 0.1 } } }
                      optimiser:
                        use: adamw
                        with: { warmup: 10 }
                      epoch: 2
                  report:
                    use: evaluate
                    with: { model: pretrian }
                """;
        RecipeException e = assertThrows(RecipeException.class, () -> recipes.read("wrong.yaml", yaml, Map.of()));
        assertEquals("""
                wrong.yaml has 5 mistakes:
                  line 3  encoder.with.pool: was 'max' but must be one of cls, mean, entity-start.
                  line 10  stages.pretrain.with.objectives[0].with.loss: no loss is called 'ntxent'. Installed: nt-xent, supcon. Did you mean 'nt-xent'?
                  line 13  stages.pretrain.with.optimiser.with.warmup: was 10 but must be in [0, 1).
                  line 14  stages.pretrain.with.epoch: is not a setting of 'train'. Known: from, split, views, batches, objectives, optimiser, epochs. Did you mean 'epochs'?
                  line 17  stages.report.with.model: no stage is called 'pretrian'. Other stages: pretrain. Did you mean 'pretrain'?""", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "epochs: two | was 'two' but must be a whole number.",
        "epochs: 1.5 | was 1.5 but must be a whole number.",
        "epochs: 3000000000 | was 3000000000 but must be between -2147483648 and 2147483647.",
        "epochs: 1e999999999 | was 1e999999999 but must be a whole number.",
        "epochs: 0 | was 0 but must be in [1, inf).",
        "epochs: [1] | was a list but must be a whole number.",
        "epochs: {} | was a map but must be a whole number.",
        "epochs: ~ | was empty but must be a whole number.",
        "split: [a] | was a list but must be a text.",
        "split: ~ | was empty but must be a text.",
        "views: ~ | was empty but must be a list. Write [] for an empty one.",
        "batches: [shuffled] | was a list but must be one part: { use: NAME, with: { … } }.",
        "batches: ~ | names no sampler: write { use: NAME, with: { … } }. Installed: shuffled.",
    })
    void wrongTypes(String setting, String message) {
        assertEquals("4 stages.t.with." + setting.substring(0, setting.indexOf(':')) + ": " + message, mistakes(with(setting)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x10", "NaN", ".nan", "1e400", "1..2", "--1", "e5", "1 000", "-"})
    void noNumbers(String text) {
        String found = mistakes(with("optimiser: { use: adamw, with: { rate: '" + text + "' } }"));
        assertTrue(found.startsWith("4 stages.t.with.optimiser.with.rate: was '" + text + "' but must be a number"), found);
    }

    @Test
    void rangesHoldForElementsAndOptionals() {
        assertEquals("4 stages.t.with.optimiser.with.betas[1]: was 1.5 but must be in [0, 1).", mistakes(with("optimiser: { use: adamw, with: { betas: [0.5, 1.5] } }")));
        assertEquals("1 corpus.with.most: was 0 but must be in [1, inf).", mistakes(with("epochs: 1").replace("corpus: wordnet", "corpus: { use: wordnet, with: { most: 0 } }")));
    }

    @Test
    void whatARecordRefusesIsAMistake() {
        assertEquals("4 stages.t.with.optimiser.with: betas must be two numbers, but there are 1.", mistakes(with("optimiser: { use: adamw, with: { betas: 0.5 } }")));
    }

    @Test
    void missingAndUnknownKeys() {
        assertEquals("""
                1 encoder: is required but not given. The encoder.
                2 corpus.with.root: is required but not given. The folder.
                3 corpus.path: is not a key of a part. Known: use, with. Settings stand inside 'with'.
                4 stage: is not a key of a recipe. Known: recipe, title, cite, seed, corpus, encoder, stages. Did you mean 'stages'?
                6 stages.r.with.model: is required but not given. The stage to judge.
                7 stages.s: names no stage: write { use: NAME, with: { … } }. Installed: compare, evaluate, train.""",
                mistakes("title: x\ncorpus: { use: jsonl,\n  path: y }\nstage: 1\nstages:\n  r: { use: evaluate }\n  s: { with: { a: 1 } }\n"));
    }

    @Test
    void brokenPartsAreMistakesToo() {
        assertEquals("odd endless has a mistake:\n  -D  again.with.again: is 'endless' inside 'endless' by default, without end. Give another. (This is the default.)",
                assertThrows(RecipeException.class, () -> recipes.part("odd", "endless", Map.of())).getMessage());
        assertTrue(assertThrows(RecipeException.class, () -> recipes.part("odd", "wrong", Map.of("single", "1"))).getMessage().contains("its type float is none that settings may have"));
        assertTrue(assertThrows(RecipeException.class, () -> recipes.part("odd", "broken", Map.of("x", "1"))).getMessage().contains("'wide' is not an interval"));
    }
}
