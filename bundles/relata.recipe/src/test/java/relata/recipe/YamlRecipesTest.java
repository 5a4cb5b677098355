package relata.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.component.Ref;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;

class YamlRecipesTest {
    static final String CLRE = """
            recipe: bert-clre
            title: "BERT-CLRE: pre-training"
            cite: su-2021
            seed: 7
            corpus:   { use: wordnet }
            encoder:  { use: transformer, with: { checkpoint: minilm-l6, pool: entity-start, maxLength: 64 } }
            stages:
              report:   { use: evaluate, with: { model: finetune } }
              pretrain:
                use: train
                with:
                  views:
                    - use: synonym-replacement
                      with: { rate: 0.2, keep: { use: shortest-path, with: { parser: { use: corenlp } } } }
                    - synonym-replacement
                  batches: { use: shuffled, with: { size: 64 } }
                  objectives:
                    - use: contrastive
                      with: { similarity: { use: cosine }, loss: { use: nt-xent, with: { temperature: 0.5 } } }
                  optimiser: { use: adamw, with: { rate: 2e-5, warmup: 0.1 } }
                  epochs: 2
              finetune: { use: train, with: { from: pretrain, objectives: cross-entropy } }
            """;

    final YamlRecipes recipes = new YamlRecipes(new Shelf());

    static Recipe read(String yaml, String... overrides) throws RecipeException {
        Map<String, String> map = new TreeMap<>();
        for (String o : overrides) map.put(o.substring(0, o.indexOf('=')), o.substring(o.indexOf('=') + 1));
        return new YamlRecipes(new Shelf()).read("folder/some.yaml", yaml, map);
    }

    /** The mistakes, each as {@code line path: message}. */
    static String mistakes(String yaml, String... overrides) {
        RecipeException e = assertThrows(RecipeException.class, () -> read(yaml, overrides));
        return e.mistakes().stream().map(m -> m.line() + " " + m.path() + ": " + m.message()).collect(Collectors.joining("\n"));
    }

    static Shelf.Train train(Recipe recipe, String stage) {
        return (Shelf.Train) recipe.stages().get(stage).config();
    }

    /** A recipe with one stage of those settings. */
    static String with(String settings) {
        return "corpus: wordnet\nencoder: { use: transformer, with: { checkpoint: x } }\nstages:\n  t: { use: train, with: { objectives: cross-entropy, " + settings + " } }\n";
    }

    @Test
    void settingsAreThoseThatAreWritten() throws RecipeException {
        Map<String, String> settings = recipes.settings("x.yaml", read(CLRE).yaml());
        assertEquals("7", settings.get("seed"));
        assertEquals("entity-start", settings.get("encoder.with.pool"));
        assertEquals("0.2", settings.get("stages.pretrain.with.views[0].with.rate"));
        assertEquals("train", settings.get("stages.finetune.with.split"), "defaults are written in the recipe as it is run");
        assertEquals("[]", settings.get("stages.finetune.with.views"));
        assertEquals("pulsar", recipes.settings("x.yaml", "corpus: { use: pulsar }").get("corpus.use"), "parts need not be installed");
        assertThrows(RecipeException.class, () -> recipes.settings("x.yaml", "a: [1"));
    }

    @Test
    void readsARecipe() throws RecipeException {
        Recipe recipe = read(CLRE);
        assertEquals("bert-clre", recipe.name());
        assertEquals("BERT-CLRE: pre-training", recipe.title());
        assertEquals(List.of("su-2021"), recipe.cite());
        assertEquals(7, recipe.seed());
        assertEquals(new Shelf.WordNet(List.of(), Optional.empty()), recipe.corpus().config());
        assertEquals(new Ref<>(Shelf.Encoder.class, "transformer", new Shelf.Transformer("minilm-l6", Shelf.Pool.ENTITY_START, 64, 0)), recipe.encoder());
        assertEquals(List.of("pretrain", "finetune", "report"), List.copyOf(recipe.stages().keySet()));
        Ref<Shelf.Guard> path = new Ref<>(Shelf.Guard.class, "shortest-path", new Shelf.ShortestPath(new Ref<>(Shelf.Parser.class, "corenlp", new Shelf.None())));
        Shelf.Train expected = new Shelf.Train(Optional.empty(), "train",
                List.of(new Ref<>(Shelf.Augmenter.class, "synonym-replacement", new Shelf.Replacement(0.2, Optional.of(path))),
                        new Ref<>(Shelf.Augmenter.class, "synonym-replacement", new Shelf.Replacement(0.1, Optional.empty()))),
                new Ref<>(Shelf.Sampler.class, "shuffled", new Shelf.Shuffled(64, true)),
                List.of(new Ref<>(Shelf.Objective.class, "contrastive", new Shelf.Contrastive(new Ref<>(Shelf.Loss.class, "nt-xent", new Shelf.NtXent(0.5)),
                        new Ref<>(Shelf.Similarity.class, "cosine", new Shelf.None()), 1, Optional.empty()))),
                new Ref<>(Shelf.Optimiser.class, "adamw", new Shelf.AdamW(2e-5, 0.1, List.of(0.9, 0.999))), 2);
        assertEquals(expected, train(recipe, "pretrain"));
        assertEquals(Optional.of("pretrain"), train(recipe, "finetune").from());
        assertEquals(1e-3, ((Shelf.AdamW) train(recipe, "finetune").optimiser().config()).rate());
    }

    @Test
    void writesEverySettingAndReadsItBack() throws RecipeException {
        Recipe recipe = read(CLRE);
        assertEquals("""
                recipe: bert-clre
                title: "BERT-CLRE: pre-training"
                cite: [su-2021]
                seed: 7
                corpus:
                  use: wordnet
                  with:
                    relations: []
                encoder:
                  use: transformer
                  with:
                    checkpoint: minilm-l6
                    pool: entity-start
                    maxLength: 64
                    freeze: 0
                stages:
                  pretrain:
                    use: train
                    with:
                      split: train
                      views:
                        - use: synonym-replacement
                          with:
                            rate: 0.2
                            keep:
                              use: shortest-path
                              with:
                                parser: { use: corenlp }
                        - use: synonym-replacement
                          with:
                            rate: 0.1
                      batches:
                        use: shuffled
                        with:
                          size: 64
                          bucket: true
                      objectives:
                        - use: contrastive
                          with:
                            loss:
                              use: nt-xent
                              with:
                                temperature: 0.5
                            similarity: { use: cosine }
                            weight: 1
                      optimiser:
                        use: adamw
                        with:
                          rate: 2.0e-5
                          warmup: 0.1
                          betas: [0.9, 0.999]
                      epochs: 2
                  finetune:
                    use: train
                    with:
                      from: pretrain
                      split: train
                      views: []
                      batches:
                        use: shuffled
                        with:
                          size: 32
                          bucket: true
                      objectives:
                        - use: cross-entropy
                          with:
                            smoothing: 0
                      optimiser:
                        use: adamw
                        with:
                          rate: 0.001
                          warmup: 0.1
                          betas: [0.9, 0.999]
                      epochs: 1
                  report:
                    use: evaluate
                    with:
                      model: finetune
                      split: test
                      weights: {}
                """.replace("2.0e-5", "2e-5"), recipe.yaml());
        assertEquals(recipe, read(recipe.yaml()));
    }

    @Test
    void nameComesFromTheFile() throws RecipeException {
        Recipe recipe = read(with("epochs: 1"));
        assertEquals("some", recipe.name());
        assertEquals(42, recipe.seed());
        assertEquals("", recipe.title());
        assertEquals(recipe, recipes.read("other.yml", recipe.yaml(), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"2e-5,2e-5", "2E-5,2e-5", "1e-5,1e-5", "0.5,0.5", ".5,0.5", "1_000.5,1000.5", "3,3", "'\"4\"',4", "+1,1"})
    void numbers(String text, double value) throws RecipeException {
        assertEquals(value, ((Shelf.AdamW) train(read(with("optimiser: { use: adamw, with: { rate: " + text + " } }")), "t").optimiser().config()).rate());
    }

    @Test
    void stagesFormAGraph() {
        String head = "corpus: wordnet\nencoder: { use: transformer, with: { checkpoint: x } }\nstages:\n";
        String train = "  %s: { use: train, with: { objectives: cross-entropy, from: %s } }\n";
        assertEquals("4 stages.a.with.from: a stage cannot take from itself. There is no other stage.", mistakes(head + train.formatted("a", "a")));
        assertEquals("4 stages.a.with.from: stages take from each other in a circle: a takes from c takes from b takes from a.",
                mistakes(head + train.formatted("a", "c") + train.formatted("b", "a") + train.formatted("c", "b") + train.formatted("d", "b")));
        assertEquals("5 stages.b.with.from: stage 'a' (evaluate) puts out 'evaluation', but 'encoder' or 'model' is needed. Stages with it: c.",
                mistakes(head + "  a: { use: evaluate, with: { model: c } }\n" + train.formatted("b", "a") + "  c: { use: train, with: { objectives: cross-entropy } }\n"));
        assertEquals("6 stages.x.with.groups.one[1]: no stage is called 'nine'. Other stages: t, e.",
                mistakes(head + "  t: { use: train, with: { objectives: cross-entropy } }\n  e: { use: evaluate, with: { model: t } }\n  x: { use: compare, with: { groups: { one: [e, nine], two: e } } }\n"));
        assertEquals("4 stages.A b: is not a name for a stage: use lower-case letters, digits, - and _, at most 60, a letter or digit first.",
                mistakes(head + "  A b: { use: train, with: { objectives: cross-entropy } }\n"));
        assertEquals("3 stages: must hold at least one stage.", mistakes(head.strip() + " {}\n"));
        // a stage whose part is unknown is not blamed for its output, and its users are still checked
        assertEquals("4 stages.a: no stage is called 'trian'. Installed: compare, evaluate, train. Did you mean 'train'?\n5 stages.b.with.epochs: is not a setting of 'evaluate'. Known: model, split, weights.",
                mistakes(head + "  a: { use: trian, with: { anything: 1 } }\n  b: { use: evaluate, with: { model: a, epochs: 1 } }\n"));
    }

    @Test
    void stagesAreOrderedByWhatTheyTake() throws RecipeException {
        String yaml = "corpus: wordnet\nencoder: { use: transformer, with: { checkpoint: x } }\nstages:\n  z: { use: train, with: { objectives: cross-entropy } }\n"
                + "  y: { use: evaluate, with: { model: m } }\n  b: { use: train, with: { objectives: cross-entropy } }\n  m: { use: train, with: { objectives: cross-entropy, from: z } }\n  a: { use: evaluate, with: { model: b } }\n";
        assertEquals(List.of("z", "b", "m", "y", "a"), List.copyOf(read(yaml).stages().keySet()));
    }

    /** The recipe and the answer to its mistakes that the documentation shows. */
    @Test
    void theDocumentationIsTrue() throws Exception {
        String page = Files.readString(Path.of("../../docs/recipes/writing-recipes.md"));
        String recipe = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n\n## Top level"));
        assertEquals(List.of("pretrain", "finetune", "report"), List.copyOf(recipes.read("small.yaml", recipe, Map.of()).stages().keySet()));
        String wrong = recipe.replace("nt-xent", "ntxent").replace("rate: 2e-5", "rate: 0");
        RecipeException e = assertThrows(RecipeException.class, () -> recipes.read("small.yaml", wrong, Map.of()));
        assertTrue(page.contains("```\n" + e.getMessage() + "\n```"), e.getMessage());
    }

    @Test
    void singleParts() throws RecipeException {
        assertEquals(new Ref<>(Shelf.Loss.class, "nt-xent", new Shelf.NtXent(0.7)), recipes.part("loss", "nt-xent", Map.of("temperature", "0.7")));
        Ref<?> ref = recipes.part("objective", "contrastive", Map.of("loss.use", "supcon", "loss.with.temperature", "2", "weight", "1e-9"));
        assertEquals("{ use: contrastive, with: { loss: { use: supcon, with: { temperature: 2 } }, similarity: { use: cosine }, weight: 1e-9 } }", recipes.render(ref));
        assertEquals(ref, recipes.parse("objective", recipes.render(ref)));
        assertEquals("loss supcon has 2 mistakes:\n  -D  warmth: is not a setting of 'supcon'. Known: temperature.\n  -D  temperature: was -1 but must be in (0, inf).",
                assertThrows(RecipeException.class, () -> recipes.part("loss", "supcon", Map.of("warmth", "1", "temperature", "-1"))).getMessage());
        assertTrue(assertThrows(RecipeException.class, () -> recipes.part("loss", "supkon", Map.of())).getMessage().contains("Did you mean 'supcon'?"));
        assertTrue(assertThrows(RecipeException.class, () -> recipes.part("los", "supcon", Map.of())).getMessage().contains("Did you mean 'loss'?"));
        assertTrue(assertThrows(RecipeException.class, () -> recipes.parse("loss", " ")).getMessage().contains("empty"));
        assertTrue(assertThrows(RecipeException.class, () -> recipes.parse("loss", "{ use: gone }")).getMessage().contains("no loss is called 'gone'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", " ", "null", "~", "yes", "1e5", "2024-01-01", "a: b", "a #b", "- a", "'q'", "\"q\"", "back\\slash", "two\nlines", "tab\t", "end ", "[x]", "{x}", "a, b",
        "日本語", "\uD83D\uDE00", "\uD800", "\u0085\u2028\uFEFF\u0007", "&a", "*a", "!t", "%d", "@at", "`", "?", "a:b", "a  b", "<<", "=", "@PROTEIN$"})
    void everyTypeAndTextComesBack(String text) throws RecipeException {
        Ref<Shelf.Loss> loss = new Ref<>(Shelf.Loss.class, "nt-xent", new Shelf.NtXent(1.0 / 3));
        Ref<Shelf.Odd> ref = new Ref<>(Shelf.Odd.class, "everything", new Shelf.Everything(Integer.MIN_VALUE, Long.MAX_VALUE, -1.5e-300, false, text, Path.of("a", "b c"), Shelf.Pool.ENTITY_START,
                Optional.of(text), Optional.empty(), Optional.empty(), List.of(text, "b", text), List.of(List.of(1, 2), List.of(), List.of(3)),
                Map.of(text, new Shelf.Bounds(-0.0, Double.POSITIVE_INFINITY)), loss, List.of(loss, loss)));
        assertEquals(ref, recipes.parse("odd", recipes.render(ref)), recipes.render(ref));
        assertEquals(ref, recipes.parse("odd", TreePrinter.block((Tree.Mapping) ValueTree.of(ref))), TreePrinter.block((Tree.Mapping) ValueTree.of(ref)));
    }
}
