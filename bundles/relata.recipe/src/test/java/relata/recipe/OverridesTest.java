package relata.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.recipe.YamlRecipesTest.CLRE;
import static relata.recipe.YamlRecipesTest.mistakes;
import static relata.recipe.YamlRecipesTest.read;
import static relata.recipe.YamlRecipesTest.train;
import static relata.recipe.YamlRecipesTest.with;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import relata.api.component.Ref;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;

/** Values of a recipe that are given beside it. */
class OverridesTest {
    @Test
    void overrides() throws RecipeException {
        Recipe r = read(CLRE, "seed=1", "stages.pretrain.with.epochs=3", "stages.pretrain.with.views[1].with.rate=0.4", "stages.pretrain.with.objectives[0].with.loss=supcon",
                "stages.finetune.with.optimiser.with.rate=2e-4", "stages.finetune.with.views[0]={ use: random-swap, with: { keep: entities } }", "stages.finetune.with.views[0].with.rate=1",
                "corpus.use=jsonl", "corpus.with.root=~/data", "title=", "cite[1]=me", "encoder.with.pool=mean");
        assertEquals(1, r.seed());
        assertEquals("", r.title());
        assertEquals(List.of("su-2021", "me"), r.cite());
        assertEquals(new Shelf.Jsonl(Path.of(System.getProperty("user.home"), "data")), r.corpus().config());
        assertEquals(new Shelf.Transformer("minilm-l6", Shelf.Pool.MEAN, 64, 0), r.encoder().config());
        Shelf.Train pretrain = train(r, "pretrain");
        assertEquals(3, pretrain.epochs());
        assertEquals(0.4, ((Shelf.Replacement) pretrain.views().get(1).config()).rate());
        Ref<Shelf.Loss> loss = ((Shelf.Contrastive) pretrain.objectives().get(0).config()).loss();
        assertEquals(new Ref<>(Shelf.Loss.class, "supcon", new Shelf.NtXent(0.1)), loss, "another part begins with its own settings");
        Shelf.Train finetune = train(r, "finetune");
        assertEquals(2e-4, ((Shelf.AdamW) finetune.optimiser().config()).rate());
        assertEquals(new Shelf.Replacement(1, Optional.of(new Ref<>(Shelf.Guard.class, "entities", new Shelf.None()))), finetune.views().get(0).config());
        assertEquals(r, read(r.yaml()));
    }

    @Test
    void overridesOfUse() throws RecipeException {
        String loss = "stages.pretrain.with.objectives[0].with.loss";
        assertEquals(0.5, temperature(read(CLRE, loss + "=nt-xent")), "the same part keeps its settings");
        assertEquals(0.1, temperature(read(CLRE, loss + ".use=supcon")));
        assertEquals(0.3, temperature(read(CLRE, loss + ".use=supcon", loss + ".with.temperature=0.3")));
        assertEquals(0.4, temperature(read(CLRE, loss + "={ use: supcon, with: { temperature: 0.4 } }")));
        assertEquals(0.2, temperature(read(CLRE, loss + ".with={ temperature: 0.2 }")));
        assertEquals("jsonl", read(with("epochs: 1").substring("corpus: wordnet\n".length()), "corpus=jsonl", "corpus.with.root=x").corpus().name(), "the key need not be in the file");
        assertEquals(new Shelf.Evaluate("t", "dev", Map.of()), read(with("epochs: 1"), "stages.e=evaluate", "stages.e.with.model=t", "stages.e.with.split=dev").stages().get("e").config());
    }

    static double temperature(Recipe recipe) {
        return ((Shelf.NtXent) ((Shelf.Contrastive) train(recipe, "pretrain").objectives().get(0).config()).loss().config()).temperature();
    }

    @Test
    void overridesThatLeadNowhere() {
        assertEquals("""
                0 stages.pretrian.with.epochs: leads nowhere: stages has no 'pretrian'. There are: report, pretrain, finetune. Did you mean 'pretrain'?
                0 sed: is not a key of a recipe. Known: recipe, title, cite, seed, corpus, encoder, stages. Did you mean 'seed'?
                0 seed.x: leads nowhere: nothing in the recipe has this path.""".lines().sorted().collect(Collectors.joining("\n")),
                mistakes(CLRE, "stages.pretrian.with.epochs=1", "sed=3", "seed.x=1").lines().sorted().collect(Collectors.joining("\n")));
        assertEquals("0 stages.pretrain.with.views[3].with.rate: leads nowhere: nothing in the recipe has this path.", mistakes(CLRE, "stages.pretrain.with.views[3].with.rate=1"));
        assertEquals("0 stages.pretrain.with.batches.size: is not a key of a part. Known: use, with. Settings stand inside 'with'.", mistakes(CLRE, "stages.pretrain.with.batches.size=1"));
        assertEquals("0 seed: was 'x' but must be a whole number.", mistakes(CLRE, "seed=x"));
        assertEquals("0 corpus: no corpus is called 'json'. Installed: jsonl, wordnet. Did you mean 'jsonl'?", mistakes(CLRE, "corpus=json", "corpus.with.root=x"));
        String broken = mistakes(CLRE, "seed=[1", "stages.pretrain.with.epochs=0");
        assertTrue(broken.startsWith("0 seed: is not valid YAML: ") && broken.endsWith("0 stages.pretrain.with.epochs: was 0 but must be in [1, inf)."), broken);
    }

    @Test
    void aPartWithoutUseChangesTheDefault() throws RecipeException {
        Shelf.Train t = train(read(with("optimiser: { with: { warmup: 0.5 } }, batches: { with: { bucket: false } }")), "t");
        assertEquals(new Shelf.AdamW(1e-3, 0.5, List.of(0.9, 0.999)), t.optimiser().config());
        assertEquals(new Shelf.Shuffled(32, false), t.batches().config());
    }
}
