package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.component.SplitName;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Stage;
import relata.runs.FolderRuns;
import relata.testkit.TestEngine;

class GraphRunnerTest {
    record None() {}

    record Split(@SplitName String split) {}

    record Goals(List<Ref<Objective>> objectives) {}

    record Hides(boolean vocabulary) {}

    /** An objective that needs a vocabulary if it is told to. */
    private static final class Hiding implements ComponentProvider<Objective, Hides> {
        @Override
        public Class<Hides> configType() {
            return Hides.class;
        }

        @Override
        public Objective create(Hides config, Parts parts) {
            return new Objective() {
                @Override
                public boolean needsVocabulary() {
                    return config.vocabulary();
                }

                @Override
                public Term open(Setting setting) {
                    throw new AssertionError("a check opens nothing");
                }
            };
        }
    }

    /** An encoder that has a vocabulary if it is told to. */
    private static final class Numbers implements ComponentProvider<EncoderLoader, Hides> {
        @Override
        public Class<Hides> configType() {
            return Hides.class;
        }

        @Override
        public EncoderLoader create(Hides config, Parts parts) {
            return new EncoderLoader() {
                @Override
                public Encoder load(Engine engine, NDManager manager, Optional<Path> from) {
                    throw new AssertionError("a check loads nothing");
                }

                @Override
                public boolean hasVocabulary() {
                    return config.vocabulary();
                }
            };
        }
    }

    record Apart(Optional<Ref<CorpusReader>> corpus, @SplitName String split) {}

    private final List<String> done = new ArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean(), stop = new AtomicBoolean(), placed = new AtomicBoolean(), unreadable = new AtomicBoolean();
    private final TreeMap<String, String> inputs = new TreeMap<>(Map.of("data.txt", "0123"));
    private final TreeMap<String, String> otherInputs = new TreeMap<>(Map.of("other.txt", "89ab"));
    private int reads;
    private IOException failure = new IOException("the disk is full");
    private GraphRunner runner;
    private RunFolder folder;

    /** A stage that notes its name, and fails or asks for a stop when told. */
    private final class Noting implements ComponentProvider<Stage, Split> {
        @Override
        public Class<Split> configType() {
            return Split.class;
        }

        @Override
        public Stage create(Split config, Parts parts) {
            return context -> {
                context.checkStop();
                context.metric(placed.get() ? Map.of("step", 10, "share", 0.5) : Map.of("share", 0.5));
                if (broken.get() && context.name().equals("second")) throw failure;
                Files.writeString(context.folder().resolve("result"), config.split());
                done.add(context.name());
            };
        }
    }

    /** A stage that notes the name of its corpus. */
    private final class Asking implements ComponentProvider<Stage, Apart> {
        @Override
        public Class<Apart> configType() {
            return Apart.class;
        }

        @Override
        public Stage create(Apart config, Parts parts) {
            return context -> done.add(context.name() + " on " + context.corpus().name() + " of " + context.corpus().split(config.split()).size());
        }
    }

    private final class OtherReading implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            return () -> {
                reads++;
                return new Corpus("other", new TreeMap<>(Map.of("far", List.of())), List.of("no"), Optional.empty(), otherInputs);
            };
        }
    }

    private final class Reading implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            return () -> {
                if (unreadable.get()) throw new IOException("data.txt line 3: is no JSON");
                return new Corpus("small", new TreeMap<>(Map.of("train", List.of())), List.of("no"), Optional.of("no"), inputs);
            };
        }
    }

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        PartCatalogue catalogue = new PartCatalogue(NoPlugins.LEASES);
        catalogue.add("n", "noting", "tests", Version.emptyVersion, new Noting());
        catalogue.add("h", "hiding", "tests", Version.emptyVersion, new Hiding());
        catalogue.add("e", "numbers", "tests", Version.emptyVersion, new Numbers());
        catalogue.add("s", "small", "tests", Version.emptyVersion, new Reading());
        catalogue.add("a", "asking", "tests", Version.emptyVersion, new Asking());
        catalogue.add("o", "other", "tests", Version.emptyVersion, new OtherReading());
        CreatedParts parts = new CreatedParts(catalogue::now, root.resolve("cache"));
        runner = new GraphRunner(parts, catalogue, new Provenance(null, TestEngine.engine()), NoPlugins.LEASES);
        folder = new FolderRuns(Clock.systemDefaultZone(), "test").create(root.resolve("runs"), recipe("train"));
    }

    private static Recipe recipe(String split) {
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        for (String name : List.of("first", "second", "third")) stages.put(name, new Ref<>(Stage.class, "noting", new Split(split)));
        return new Recipe("small", "", List.of(), 1, new Ref<>(CorpusReader.class, "small", new None()), new Ref<>(EncoderLoader.class, "none", new None()), stages, "recipe: small\n");
    }

    private RunStatus run(Recipe recipe) throws Exception {
        return runner.run(recipe, folder, stop::get, new RunListener() {});
    }

    @Test
    void stagesRunInOrderAndLeaveTheirMetricsAndProvenance() throws Exception {
        assertEquals(RunStatus.DONE, run(recipe("train")));
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(RunStatus.DONE, folder.status());
        assertEquals(3, folder.metrics().size());
        String provenance = Files.readString(folder.path().resolve("provenance.json"));
        assertTrue(provenance.contains("0123") && provenance.contains("PyTorch"), provenance);
    }

    @Test
    void aFailureNamesStageAndPartAndTheNextRunGoesOnAfterTheDoneStages() throws Exception {
        broken.set(true);
        Exception e = assertThrows(Exception.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().contains("'second'") && e.getMessage().contains("noting") && e.getMessage().contains("the disk is full"), e.getMessage());
        assertEquals(RunStatus.FAILED, folder.status());
        assertTrue(folder.error().contains("the disk is full"), folder.error());
        broken.set(false);
        assertEquals(RunStatus.DONE, run(recipe("train")));
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(3, folder.metrics().size(), "the second attempt at a stage must not repeat the lines of the first");
    }

    @Test
    void aLineOnTheWaySaysHowTheProcessStoodThen() throws Exception {
        run(recipe("train"));
        assertFalse(folder.metrics().get(0).containsKey("process"), "a result is the same however it came about: " + folder.metrics());
        placed.set(true);
        folder = new FolderRuns(Clock.systemDefaultZone(), "test").create(folder.path().resolveSibling("more"), recipe("train"));
        run(recipe("train"));
        Map<String, Object> line = folder.metrics().get(0);
        assertEquals(0.5, line.get("share"));
        Map<?, ?> process = (Map<?, ?>) line.get("process");
        assertTrue(process.get("seconds") instanceof Number seconds && seconds.doubleValue() >= 0, line.toString());
        boolean linux = Files.exists(Path.of("/proc/self/status"));
        assertEquals(linux, process.get("memory") instanceof Number memory && memory.longValue() > 1 << 20, line.toString());
    }

    @Test
    void theLogSaysWhyAsPeopleDo() throws Exception {
        assertThrows(RecipeException.class, () -> run(recipe("none")));
        String log = Files.readString(folder.path().resolve("log.txt"));
        assertTrue(log.contains("failed: ") && !log.contains("relata.api.run.RecipeException"), log);
    }

    @Test
    void aFailureWithoutWordsGetsSome() {
        broken.set(true);
        failure = new NoSuchFileException("model.bin");
        Exception e = assertThrows(Exception.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().endsWith("there is no file model.bin"), e.getMessage());
    }

    @Test
    void aRunFolderThatCannotBeWrittenDoesNotHideWhatFailed() {
        broken.set(true);
        RunFolder whole = folder;
        folder = (RunFolder) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RunFolder.class}, (proxy, method, args) -> {
            if (method.getName().equals("status") && args != null && args[0] == RunStatus.FAILED) throw new UncheckedIOException(new IOException("status.json: no space left"));
            try {
                return method.invoke(whole, args);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
        Exception e = assertThrows(Exception.class, () -> run(recipe("train")));
        assertTrue(e.getMessage().contains("the disk is full"), e.getMessage());
        assertTrue(e.getSuppressed()[0].getMessage().contains("status.json"), e.getSuppressed()[0].getMessage());
    }

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
    void aStopIsHeardAndIsNoFailure() throws Exception {
        stop.set(true);
        assertEquals(RunStatus.STOPPED, run(recipe("train")));
        assertEquals(RunStatus.STOPPED, folder.status());
        assertEquals(List.of(), done);
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

    /** Three stages: one on the recipe's corpus, two on another. */
    private static Recipe apart(String split, String farSplit) {
        Optional<Ref<CorpusReader>> other = Optional.of(new Ref<>(CorpusReader.class, "other", new None()));
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        stages.put("near", new Ref<>(Stage.class, "asking", new Apart(Optional.empty(), split)));
        stages.put("far", new Ref<>(Stage.class, "asking", new Apart(other, farSplit)));
        stages.put("second", new Ref<>(Stage.class, "noting", new Split(split)));
        stages.put("again", new Ref<>(Stage.class, "asking", new Apart(other, farSplit)));
        return new Recipe("small", "", List.of(), 1, new Ref<>(CorpusReader.class, "small", new None()), new Ref<>(EncoderLoader.class, "none", new None()), stages, "recipe: small\n");
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

    @Test
    void aSecondProcessIsKeptOut() throws Exception {
        try (AutoCloseable held = folder.lock()) {
            assertThrows(IllegalStateException.class, () -> run(recipe("train")));
        }
        assertFalse(folder.finished("first"));
    }
}
