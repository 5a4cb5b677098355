package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Allocator;
import relata.api.learn.Encoder;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.run.Workbench;
import relata.testkit.TestEngine;

/** A trained model comes to its exported self as a whole and with the same answers, or not at all. */
class ModelExportTest {
    private static final List<String> LABELS = List.of("no", "yes");
    private static final int QUESTIONS = 40;

    @TempDir
    private Path root;

    private final Engine engine = TestEngine.engine();
    private final PaperGraphs graphs = new PaperGraphs();
    private final PartWorkbench workbench = new PartWorkbench(engine, TinyParts.all(), TinyParts.recipes(), NoPlugins.LEASES, graphs);
    private Path model = Path.of("");
    private Path exported = Path.of("");

    @BeforeEach
    void begin() throws Exception {
        model = Files.createDirectory(root.resolve("model"));
        exported = model.resolve(ExportedModel.FOLDER);
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Encoder encoder = TinyEncoder.LOADER.load(engine, manager, Optional.empty());
                Objective.Setting setting = new Objective.Setting(engine, new Allocator(manager, new SplittableRandom(5)), encoder.dimension(), LABELS, Optional.of("no"));
                encoder.save(model, new TinyParts.Pull(true, 1, false, new ArrayList<>()).open(setting).parameters());
                return true;
            }
        });
        new ModelCard("tiny", "pull", null, LABELS, "no", "tiny", "train", "run-1", 7).write(model);
    }

    private Workbench.Exported export(Optional<Path> to, boolean int8) throws Exception {
        return workbench.export(model, to, int8, QUESTIONS);
    }

    private String refused(Optional<Path> to, boolean int8) {
        IOException e = assertThrows(IOException.class, () -> export(to, int8));
        assertEquals(0, graphs.open);
        return e.getMessage();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private List<Prediction> answers(String by) throws Exception {
        List<Example> examples = new ArrayList<>();
        for (String word : List.of("binds", "cell", "drug", "gene")) {
            Passage passage = new Passage(word, List.of("acid", word, "fat"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
            examples.add(new Example(word, passage, List.of(new Pair(0, 1, List.of()))));
        }
        try (RelationModel opened = workbench.open(model, by)) {
            return opened.predict(examples).items();
        }
    }

    private void changeWeights() {
        try {
            Path weights = model.resolve("weights.bin");
            byte[] bytes = Files.readAllBytes(weights);
            // the last number is one of the head
            bytes[bytes.length - 1] ^= 1;
            Files.write(weights, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anExportAnswersAsTheModelDoes() throws Exception {
        List<Prediction> trained = answers("");
        Workbench.Exported told = export(Optional.empty(), false);
        assertEquals(exported.resolve("model.onnx"), told.file());
        assertEquals(Files.size(told.file()), told.bytes());
        assertEquals("made-up sentences", told.examples());
        assertEquals(QUESTIONS, told.questions());
        assertTrue(told.difference() < 1e-5 && told.agreement() == 1, told::toString);
        assertEquals(List.of("model.json", "model.onnx", "names.txt", "relata.json"), names(exported), "weights are in the graph");
        try (RelationModel opened = workbench.open(model)) {
            assertEquals("plain Java", opened.engine());
        }
        List<Prediction> answers = answers("onnx");
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(trained.get(i).label(), answers.get(i).label());
            assertEquals(trained.get(i).scores().get(0), answers.get(i).scores().get(0), 1e-5);
        }
        assertEquals(4, trained.stream().map(p -> p.scores().get(0)).distinct().count(), "four texts, four answers");
        assertEquals(0, graphs.open);
    }

    @Test
    void itIsComparedBeforeItGetsItsName() throws Exception {
        List<Boolean> there = new ArrayList<>();
        graphs.asked = () -> there.add(Files.exists(exported));
        export(Optional.empty(), false);
        assertFalse(there.isEmpty() || there.contains(true), there::toString);
        there.clear();
        Path file = root.resolve("tiny.onnx");
        graphs.asked = () -> there.add(Files.exists(file));
        export(Optional.of(file), false);
        assertFalse(there.isEmpty() || there.contains(true), there::toString);
        assertEquals(List.of("model", "tiny.json", "tiny.onnx"), names(root));
    }

    @Test
    void aGraphThatAnswersDifferentlyLeavesNothing() throws Exception {
        List<String> before = names(model);
        graphs.scale = 1.5f;
        assertTrue(refused(Optional.empty(), false).contains("does not answer as the trained one does: of 40 answers, 100.0 % are equal"), refused(Optional.empty(), false));
        assertEquals(before, names(model));
        assertEquals(1, export(Optional.empty(), true).agreement(), "in 8 bits, answers count and scores do not");
        byte[] kept = Files.readAllBytes(exported.resolve("model.onnx"));
        graphs.scale = -1;
        assertTrue(refused(Optional.empty(), true).endsWith("but at least 90 % must be equal. It was not kept; without --int8 it may be"), refused(Optional.empty(), true));
        assertEquals(List.of("model.json", "model.onnx", "names.txt", "relata.json"), names(exported));
        assertArrayEquals(kept, Files.readAllBytes(exported.resolve("model.onnx")), "the earlier export stays");
    }

    @Test
    void whatNoExportWroteIsNotReplaced() throws Exception {
        graphs.written = () -> {
            throw new AssertionError("it is refused before anything is made");
        };
        Path folder = Files.createDirectory(root.resolve("own")), notes = Files.writeString(folder.resolve("notes.txt"), "mine");
        assertEquals(folder + " holds other files, which would be lost; name a new folder", refused(Optional.of(folder), false));
        Path file = Files.writeString(root.resolve("own.onnx"), "mine");
        assertEquals(file + " was not written by an export, and would be lost; name another file", refused(Optional.of(file), false));
        assertEquals("mine", Files.readString(notes));
        assertEquals("mine", Files.readString(file));
        assertEquals(List.of("model", "own", "own.onnx"), names(root));
    }

    @Test
    void anExportOfOtherWeightsAnswersNothing() throws Exception {
        export(Optional.empty(), false);
        changeWeights();
        IOException e = assertThrows(IOException.class, () -> answers(""));
        assertEquals(exported + " was exported from other weights than those that are in " + model + " now. 'relata export' writes it anew, and --engine pytorch takes the trained weights", e.getMessage());
        assertEquals(4, answers("pytorch").size());
        export(Optional.empty(), false);
        assertEquals(4, answers("onnx").size());
    }

    @Test
    void weightsThatAreReplacedMeanwhileAreNotTakenForTheExportedOnes() throws Exception {
        graphs.written = this::changeWeights;
        assertTrue(refused(Optional.empty(), false).contains("was exported from other weights"), refused(Optional.empty(), false));
        assertFalse(Files.exists(exported));
    }
}
