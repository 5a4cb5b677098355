package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Produces;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.learn.EncoderLoader;
import relata.api.run.Recipe;
import relata.api.run.Stage;

/**
 * What holds for every stage: the same recipe gives the same files, wherever it was interrupted. Extend it, name the provider, and write in
 * {@link #before} what the stages left that it takes from.
 *
 * @param <C> the record of its settings
 */
public abstract class StageContract<C extends Record> implements ProviderContract<Stage, C> {
    /** No settings: of the parts that the recipe names here. */
    private record None() {}

    /** The corpus that it works on. */
    protected Corpus corpus() {
        return TinyCorpus.corpus();
    }

    /** The recipe that it is a stage of. */
    protected Recipe recipe() {
        return new Recipe("contract", "", List.of(), 42, new Ref<>(CorpusReader.class, "tiny", new None()), new Ref<>(EncoderLoader.class, "tiny", new None()), Map.of(), "");
    }

    /** Writes what the stages left that it takes from. @param stages where each has its folder, e.g. {@code stages.resolve("pretrain")} */
    protected void before(Path stages) throws Exception {}

    /** Runs another stage, that this one takes from: for {@link #before}. @param name what its folder is called */
    protected final void run(Stage other, Path stages, String name) throws Exception {
        other.run(new StageScene(stages, name, recipe(), corpus(), parts()));
    }

    /** How many places at most it is stopped at; they are spread over its work. */
    protected int stops() {
        return 25;
    }

    @Test
    void saysWhatItGives() {
        Produces produces = provider().getClass().getAnnotation(Produces.class);
        assertTrue(produces != null && !produces.value().isBlank(), () -> provider().getClass().getName() + " must say with @Produces what it gives, e.g. 'model': by that other stages are allowed to take from it");
    }

    @Test
    void leavesAResultInItsFolderAndNowhereElse(@TempDir Path folder) throws Exception {
        StageScene scene = scene(folder);
        Map<String, String> others = scene.others();
        part().run(scene);
        assertFalse(scene.files().isEmpty(), "a stage must leave a result in context.folder()");
        assertEquals(others, scene.others(), "a stage must write in its own folder alone, but of other stages these files changed (before, then after)");
    }

    @Test
    void theSameRunGivesTheSame(@TempDir Path folder) throws Exception {
        StageScene first = scene(folder.resolve("first")), second = scene(folder.resolve("second"));
        part().run(first);
        part().run(second);
        assertSame(first, second, "the same recipe, seed and input must give the same");
    }

    @Test
    void canBeRunAgain(@TempDir Path folder) throws Exception {
        StageScene scene = scene(folder.resolve("again")), once = scene(folder.resolve("once"));
        part().run(once);
        part().run(scene);
        scene.again();
        part().run(scene);
        assertSame(once, scene, "a stage that is called again with its result in its folder, as when a run is killed before it is marked as done, must lead to the same");
    }

    @Test
    void hearsAStop(@TempDir Path folder) throws Exception {
        StageScene scene = scene(folder).stopAt(0);
        try {
            part().run(scene);
        } catch (InterruptedException heard) {
            return;
        }
        assertTrue(scene.asked() > 0, "a stage must ask context.checkStop() now and then, or it cannot be stopped");
        throw new AssertionError("when context.checkStop() throws, a stage must end with that InterruptedException");
    }

    @Test
    void goesOnAfterAnInterruptionToTheSame(@TempDir Path folder) throws Exception {
        StageScene whole = scene(folder.resolve("whole"));
        part().run(whole);
        int asked = whole.asked();
        // in ascending order, so that the first failure is the earliest place
        for (int k = 0; k < Math.min(stops(), asked); k++) {
            int at = (int) ((long) k * asked / Math.min(stops(), asked));
            StageScene scene = scene(folder.resolve("at" + at)).stopAt(at);
            assertThrows(InterruptedException.class, () -> part().run(scene), "stopped at its call " + at + " of context.checkStop(), a stage must end with that InterruptedException");
            scene.again();
            part().run(scene);
            assertSame(whole, scene, "a stage that was stopped at its call " + at + " of context.checkStop() (the first is 0) must, when called again with the same folder, lead to the same");
        }
    }

    private StageScene scene(Path folder) throws Exception {
        // the name of the folder does not get into that of the run
        Path stages = Files.createDirectories(folder.resolve("run/stages"));
        before(stages);
        return new StageScene(stages, "tested", recipe(), corpus(), parts());
    }

    private static void assertSame(StageScene expected, StageScene found, String what) {
        Map<String, String> missing = new TreeMap<>(expected.files()), more = new TreeMap<>(found.files());
        missing.entrySet().removeAll(found.files().entrySet());
        more.entrySet().removeAll(expected.files().entrySet());
        Optional<String> file = missing.keySet().stream().findFirst().or(() -> more.keySet().stream().findFirst());
        assertTrue(file.isEmpty(), () -> what + ", but the file " + file.orElse("") + " differs or is there only once. First:\n"
                + expected.text(file.orElse("")) + "\n  then:\n" + found.text(file.orElse("")));
        assertEquals(expected.metrics(), found.metrics(), what + ": the lines of metrics.jsonl (a stage that goes on calls context.rewind)");
    }
}
