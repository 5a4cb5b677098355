package relata.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.recipe.YamlRecipesTest.mistakes;
import static relata.recipe.YamlRecipesTest.read;
import static relata.recipe.YamlRecipesTest.train;
import static relata.recipe.YamlRecipesTest.with;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;

/** What of YAML a recipe may be written in. */
class RecipeTextTest {
    @Test
    void anchorsAndMerges() throws RecipeException {
        Recipe r = read("""
                corpus: wordnet
                encoder: { use: transformer, with: { checkpoint: x } }
                stages:
                  a: { use: train, with: &common { objectives: cross-entropy, epochs: 4, split: dev } }
                  b: { use: train, with: { <<: *common, epochs: 5 } }
                """, "stages.a.with.split=other");
        assertEquals(5, train(r, "b").epochs());
        assertEquals("dev", train(r, "b").split(), "a copy, so an override changes one place");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a: 1\\n\\tb: 2 | 2 : is not valid YAML: found character '\\t(TAB)' that cannot start any token.",
        "a: [1\\nb: 2 | 2 : is not valid YAML: expected ',' or ']', but got :.",
        "title: a: b | 1 : is not valid YAML: mapping values are not allowed here. A text that holds ': ' needs quotes around it.",
        "'' | 1 : a recipe is a map with the keys corpus, encoder and stages, but it is empty.",
        "- a | 1 : a recipe is a map with the keys corpus, encoder and stages, but it holds a list.",
        "a: 1\\n---\\nb: 1 | 2 : is not valid YAML: but found another document.",
        "a: &x [*x] | 1 : is not valid YAML: an alias stands inside its own anchor",
        "a: *x | 1 : is not valid YAML: found undefined alias x.",
        "a: 1\\nb: \\u0000 | 2 : is not valid YAML: the character U+0000 is not allowed.",
    })
    void textThatIsNoRecipe(String yaml, String message) {
        String found = mistakes(yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\0"));
        assertTrue(found.startsWith(message.replace("\\t", "\\t")), found);
        assertEquals(1, found.lines().count());
    }

    @Test
    void duplicatesAndTags() {
        assertEquals("2 seed: is given twice; first on line 1.\n3 title: has the tag !!java.net.URL. Recipes have no tags.",
                mistakes("seed: 1\nseed: 2\ntitle: !!java.net.URL x\n" + with("epochs: 1")));
    }

    @Test
    void bombsAreRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) laughs.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        assertEquals("1 : is not valid YAML: it holds more than 100000 values.", mistakes(laughs.toString()));
        assertTrue(mistakes("a: " + "[".repeat(5000)).contains("Nesting Depth"), "depth");
        assertTrue(mistakes("a: " + "x ".repeat(1 << 20)).contains("limit"), "size");
    }
}
