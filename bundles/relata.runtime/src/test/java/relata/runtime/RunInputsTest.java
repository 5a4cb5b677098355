package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Objective;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RunStatus;
import relata.api.run.Stage;

/** What a run is given: a recipe that fits its corpora, and both as they were when it goes on. */
class RunInputsTest extends RunnerScene {
    @Test
    void aRunDoesNotGoOnWithAnotherRecipe() throws Exception {
        broken.set(true);
        assertThrows(Exception.class, () -> run(recipe("train")));
        Path file = folder.path().resolve("recipe.yaml");
        Files.writeString(file, Files.readString(file).substring(3));
        Exception e = assertThrows(IOException.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().contains("recipe.yaml has changed"), e.getMessage());
    }

    @Test
    void aDamagedProvenanceIsNamed() throws Exception {
        broken.set(true);
        assertThrows(Exception.class, () -> run(recipe("train")));
        Path file = folder.path().resolve("provenance.json");
        String text = Files.readString(file);
        for (int length : new int[] {0, 1, text.length() / 2}) {
            Files.writeString(file, text.substring(0, length));
            Exception e = assertThrows(IOException.class, () -> run(recipe("train")));
            assertTrue(e.getMessage().contains("provenance.json is damaged"), e.getMessage());
        }
    }

    @Test
    void allMissingSplitsAreNamedBeforeAnyStage() {
        RecipeException e = assertThrows(RecipeException.class, () -> run(recipe("trane")));
        assertEquals(3, e.mistakes().size());
        assertTrue(e.getMessage().contains("stages.second.with.split") && e.getMessage().contains("'trane'") && e.getMessage().contains("train."), e.getMessage());
        assertEquals(List.of(), done);
    }

    @Test
    void anObjectiveThatNeedsAVocabularyIsRefusedWithAnEncoderThatHasNone() throws Exception {
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>(recipe("train").stages());
        stages.put("predicts", new Ref<>(Stage.class, "noting", new Goals(List.of(new Ref<>(Objective.class, "hiding", new Hides(false)), new Ref<>(Objective.class, "hiding", new Hides(true))))));
        for (boolean has : new boolean[] {false, true}) {
            Recipe recipe = new Recipe("small", "", List.of(), 1, recipe("train").corpus(), new Ref<>(EncoderLoader.class, "numbers", new Hides(has)), stages, "recipe: small\n");
            Corpus corpus = new Corpus("small", new TreeMap<>(Map.of("train", List.of())), List.of(), Optional.empty(), inputs);
            if (has) runner.check(recipe, corpus);
            else {
                RecipeException e = assertThrows(RecipeException.class, () -> runner.check(recipe, corpus));
                assertEquals(1, e.mistakes().size(), e.getMessage());
                assertEquals("stages.predicts.with.objectives[1]", e.mistakes().get(0).path());
                assertTrue(e.getMessage().contains("'hiding'") && e.getMessage().contains("'numbers'"), e.getMessage());
            }
        }
    }

    @Test
    void whatIsWrongBesideACorpusThatCannotBeReadIsToldWithIt() {
        unreadable.set(true);
        Exception alone = assertThrows(IOException.class, () -> run(recipe("trane")));
        assertTrue(alone.getMessage().endsWith("data.txt line 3: is no JSON"), alone.getMessage());
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>(apart("train", "nowhere").stages());
        stages.put("predicts", new Ref<>(Stage.class, "noting", new Goals(List.of(new Ref<>(Objective.class, "hiding", new Hides(true))))));
        Recipe recipe = new Recipe("small", "", List.of(), 1, recipe("train").corpus(), new Ref<>(EncoderLoader.class, "numbers", new Hides(false)), stages, "recipe: small\n");
        RecipeException e = assertThrows(RecipeException.class, () -> run(recipe));
        assertEquals(List.of("corpus", "stages.far.with.split", "stages.again.with.split", "stages.predicts.with.objectives[0]"), e.mistakes().stream().map(Mistake::path).toList());
        assertEquals(alone.getMessage(), e.mistakes().get(0).message());
        assertEquals(RunStatus.FAILED, folder.status());
        assertEquals(List.of(), done);
    }

    @Test
    void aRunDoesNotGoOnWithOtherData() throws Exception {
        broken.set(true);
        assertThrows(Exception.class, () -> run(recipe("train")));
        inputs.put("data.txt", "4567");
        Exception e = assertThrows(IOException.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().contains("the data have changed"), e.getMessage());
    }

    @Test
    void aStageMayHaveACorpusOfItsOwnWhichIsReadOnceAndNoted() throws Exception {
        assertEquals(RunStatus.DONE, run(apart("train", "far")));
        assertEquals(List.of("near on small of 0", "far on other of 0", "second", "again on other of 0"), done);
        assertEquals(1, reads, "equal corpora are read once");
        String provenance = Files.readString(folder.path().resolve("provenance.json"));
        assertTrue(provenance.contains("0123") && provenance.contains("stageCorpora") && provenance.contains("89ab"), provenance);
    }

    @Test
    void splitsAreThoseOfTheStagesOwnCorpus() throws Exception {
        RecipeException e = assertThrows(RecipeException.class, () -> run(apart("far", "train")));
        assertEquals(List.of("stages.near.with.split", "stages.far.with.split", "stages.second.with.split", "stages.again.with.split"), e.mistakes().stream().map(Mistake::path).toList());
        assertTrue(e.getMessage().contains("corpus 'other' has no split 'train'. It has: far."), e.getMessage());
        Corpus small = new Corpus("small", new TreeMap<>(Map.of("train", List.of())), List.of(), Optional.empty(), inputs);
        runner.check(apart("train", "nowhere"), small);
    }

    @Test
    void aRunDoesNotGoOnWithOtherDataOfAStage() throws Exception {
        broken.set(true);
        assertThrows(Exception.class, () -> run(apart("train", "far")));
        broken.set(false);
        otherInputs.put("other.txt", "cdef");
        Exception e = assertThrows(IOException.class, () -> run(apart("train", "far")));
        assertTrue(e.getMessage().contains("the data of stage 'far' have changed"), e.getMessage());
    }
}
