package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import relata.api.evaluate.Predictions;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;
import relata.api.run.TrainedModel;
import relata.console.rest.Refusal;
import relata.console.rest.Role;

@Timeout(60)
class ServedModelsTest {
    private static final String BODY = "{\"sentences\": [{\"text\": \"Aspirin binds COX-2.\", \"head\": [0, 7], \"tail\": [14, 19]}, {\"tokens\": [\"a\", \"of\", \"b\"], \"head\": [0, 1], \"tail\": [2, 3]}]%s}";

    @TempDir
    private Path root = Path.of("");

    private final Trainings trainings = new Trainings();
    private Lab lab = new Lab(root);
    private ServedModels models = new ServedModels(lab.site, lab, lab, trainings);

    @BeforeEach
    void begin() {
        lab = new Lab(root);
        models = new ServedModels(lab.site, lab, lab, trainings);
    }

    @AfterEach
    void end() throws InterruptedException {
        models.close();
        lab.awaitNoLease();
    }

    private ModelsResource resource() {
        Answered answered = new Answered(lab.results, lab.recipes);
        RunCorpora corpora = new RunCorpora(lab.recipes, lab, lab);
        return new ModelsResource(models, new Explanations(models, corpora, new RunVectors(lab, lab), answered, new ClientParts(lab.catalogue, lab.recipes), lab, lab), answered, new HeavyRequests());
    }

    private ModelsResource.Answers predict(ModelsResource resource, String id, String more) throws Exception {
        return (ModelsResource.Answers) Lab.ask(resource, "POST", "/models/{id}/predict", Role.VIEWER, Map.of("id", id), BODY.formatted(more));
    }

    @Test
    void oneModelAnswersAll() throws Exception {
        RunFolder run = lab.run();
        String id = run.id() + ".pretrain";
        ModelsResource resource = resource();
        assertEquals(List.of(id), ((ModelsResource.Models) Lab.ask(resource, "GET", "/models", Role.VIEWER, Map.of(), "")).models().stream().map(ModelsResource.Model::id).toList());
        for (int i = 0; i < 3; i++) {
            ModelsResource.Answers answers = predict(resource, id, ", \"top\": 1");
            assertEquals(List.of("binds", "none"), answers.answers().stream().map(ModelsResource.Answer::label).toList());
            assertEquals(0.9, answers.answers().get(0).score());
            assertEquals(List.of(new JudgingResource.Scored("none", 0.8)), answers.answers().get(1).scores());
            assertTrue(answers.answers().get(0).explanation().isEmpty());
        }
        assertEquals(1, lab.opened);
        assertEquals(List.of("model " + id), lab.leased, "an open model keeps its plug-ins");
        assertTrue(((ModelsResource.Models) Lab.ask(resource, "GET", "/models", Role.VIEWER, Map.of(), "")).models().get(0).open());
    }

    @Test
    void answersAreExplained() throws Exception {
        RunFolder run = lab.run();
        Explanations.Explanation e = predict(resource(), run.id() + ".pretrain", ", \"explain\": true, \"neighbours\": 2").answers().get(0).explanation().orElseThrow();
        assertEquals(List.of("p0", "p2"), e.neighbours().stream().map(Explanations.Neighbour::example).toList(), "the two that bind");
        assertEquals("binds", e.neighbours().get(0).label());
        assertEquals(1, e.neighbours().get(0).similarity(), 1e-9);
        assertEquals(List.of(-1, 0, 1, 2), e.syntax().orElseThrow().heads());
        assertEquals(List.of("Aspirin", "BINDS", "COX-2", "."), e.views().get(0).sentence().tokens());
        assertEquals(List.of(1), e.views().get(0).changed());
        assertEquals("binds", e.views().get(0).label());
        assertEquals(List.of(), e.notes());
    }

    @Test
    void theLeastAskedModelMakesRoom() throws Exception {
        for (int i = 0; i <= ServedModels.MOST_OPEN; i++) lab.run();
        List<ServedModels.Found> all = models.all();
        for (int i = 0; i < ServedModels.MOST_OPEN; i++) models.predict(all.get(i), Sentences.examples(List.of(sentence())));
        models.predict(all.get(0), Sentences.examples(List.of(sentence())));
        models.predict(all.get(ServedModels.MOST_OPEN), Sentences.examples(List.of(sentence())));
        assertTrue(models.isOpen(all.get(0).id()) && models.isOpen(all.get(ServedModels.MOST_OPEN).id()));
        assertFalse(models.isOpen(all.get(1).id()));
        models.closeIdle(Instant.now());
        assertTrue(models.isOpen(all.get(0).id()));
        models.closeIdle(Instant.now().plusSeconds(ServedModels.IDLE + 60));
        assertFalse(models.isOpen(all.get(0).id()));
        lab.awaitNoLease();
        assertEquals(lab.opened, lab.closed);
    }

    @Test
    void aModelThatIsExportedIsOpenedAnew() throws Exception {
        lab.run();
        String id = models.all().get(0).id();
        for (int i = 0; i < 2; i++) models.predict(models.find(id), Sentences.examples(List.of(sentence())));
        assertEquals(1, lab.opened);
        TrainedModel m = lab.models.get(0);
        lab.models = List.of(new TrainedModel(m.stage(), m.folder(), m.predicts(), m.labels(), m.negative(), m.epochs(), m.made(), Optional.of(Instant.EPOCH)));
        Files.writeString(Files.createDirectories(m.folder().resolve("onnx")).resolve("model.onnx"), "exported");
        for (int i = 0; i < 2; i++) models.predict(models.find(id), Sentences.examples(List.of(sentence())));
        assertEquals(2, lab.opened);
    }

    @Test
    void anOpenModelIsLookedUpAnewOnlyIfItsFolderChanged() throws Exception {
        lab.run();
        String id = models.all().get(0).id();
        TrainedModel m = lab.models.get(0);
        Path card = Files.writeString(m.folder().resolve("relata.json"), "{}"), exported = Files.writeString(Files.createDirectories(m.folder().resolve("onnx")).resolve("model.onnx"), "1");
        models.predict(models.find(id), Sentences.examples(List.of(sentence())));
        int before = lab.lookedUp;
        for (int i = 0; i < 10; i++) models.predict(models.find(id), Sentences.examples(List.of(sentence())));
        assertEquals(before, lab.lookedUp, "nothing changed");
        for (Path file : List.of(card, exported)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            for (int i = 0; i < 3; i++) models.find(id);
            assertEquals(++before, lab.lookedUp, "once after " + file.getFileName() + " was written");
        }
        assertEquals(1, lab.opened, "it is the same model");
        lab.models = List.of();
        Files.delete(exported);
        assertEquals("404 no-such-model", Lab.refused(assertThrows(Refusal.class, () -> models.find(id))), "it is gone");
    }

    @Test
    void aModelWhoseRunWasRemovedIsNotFound() throws Exception {
        RunFolder run = lab.run();
        String id = models.all().get(0).id();
        models.predict(models.find(id), Sentences.examples(List.of(sentence())));
        lab.models = List.of();
        lab.runs.remove(run);
        assertEquals("404 no-such-model", Lab.refused(assertThrows(Refusal.class, () -> models.find(id))));
    }

    private static Sentence sentence() {
        return new Sentence("", List.of("a", "b"), List.of(0, 1), List.of(1, 2), "", "", "utf16");
    }

    @Test
    void whatCannotBeAskedIsRefused() throws Exception {
        RunFolder run = lab.run();
        String id = run.id() + ".pretrain";
        assertEquals("404 no-such-model", Lab.refused(assertThrows(Refusal.class, () -> predict(resource(), "../../etc.passwd", ""))));
        assertEquals("422 wrong-body", Lab.refused(assertThrows(Refusal.class, () -> predict(resource(), id, ", \"top\": -1"))));
        assertEquals("400 wrong-body", Lab.refused(assertThrows(Refusal.class, () -> predict(resource(), id, ", \"tpo\": 1"))));
        String many = "{\"sentences\": [" + "{\"tokens\": [\"a\", \"b\"], \"head\": [0, 1], \"tail\": [1, 2]},".repeat(ModelsResource.MOST_SENTENCES) + "{\"tokens\": [\"a\", \"b\"], \"head\": [0, 1], \"tail\": [1, 2]}]}";
        assertEquals("422 wrong-sentence", Lab.refused(assertThrows(Refusal.class, () -> Lab.ask(resource(), "POST", "/models/{id}/predict", Role.VIEWER, Map.of("id", id), many))));
        TrainedModel model = lab.models.get(0);
        lab.models = List.of(new TrainedModel("pretrain", model.folder(), false, model.labels(), Optional.empty(), Optional.empty(), Instant.EPOCH));
        assertEquals("409 no-answers", Lab.refused(assertThrows(Refusal.class, () -> predict(resource(), id, ""))));
        assertEquals(List.of(), lab.leased);
    }

    @Test
    void answersComeWhileARunIsUnderWay() throws Exception {
        RunFolder run = lab.run();
        trainings.runStarted("another", TrainingsTest.RECIPE);
        assertTrue(trainings.underWay());
        assertEquals("binds", predict(resource(), run.id() + ".pretrain", "").answers().get(0).label());
        trainings.runFinished("another", RunStatus.FAILED);
        assertFalse(trainings.underWay());
    }

    @Test
    void answersComeInBreaksOfARun() throws Exception {
        AtomicBoolean inBreak = new AtomicBoolean();
        List<Boolean> calls = Collections.synchronizedList(new ArrayList<>());
        lab.before = examples -> calls.add(inBreak.get());
        lab.run();
        ServedModels.Found model = models.all().get(0);
        trainings.runStarted("another", TrainingsTest.RECIPE);
        trainings.betweenBatches("another", "train");
        CompletableFuture<Predictions> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return models.predict(model, Sentences.examples(List.of(sentence())));
            } catch (Refusal e) {
                throw new IllegalStateException(e);
            }
        });
        while (!answer.isDone()) {
            inBreak.set(true);
            trainings.betweenBatches("another", "train");
            inBreak.set(false);
        }
        assertEquals(1, answer.get().items().size());
        assertFalse(calls.contains(false), calls.toString());
    }

    @Test
    void whatNobodyWaitsForIsNotAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1), go = new CountDownLatch(1);
        List<String> answered = new ArrayList<>();
        lab.before = examples -> {
            examples.forEach(e -> answered.add(e.passage().tokens().get(0)));
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        lab.run();
        models = new ServedModels(lab.site, lab, lab, trainings, Duration.ZERO);
        ServedModels.Found model = models.all().get(0);
        do assertEquals("503 busy", Lab.refused(assertThrows(Refusal.class, () -> models.predict(model, Sentences.examples(List.of(sentence())))))); while (begun.getCount() > 0);
        Sentence late = new Sentence("", List.of("late", "b"), List.of(0, 1), List.of(1, 2), "", "", "utf16");
        assertEquals("503 busy", Lab.refused(assertThrows(Refusal.class, () -> models.predict(model, Sentences.examples(List.of(late))))));
        go.countDown();
        models.close();
        lab.awaitNoLease();
        assertFalse(answered.contains("late"), "the model answered though the one who asked was gone");
    }

    @Test
    void aModelWhoseThreadEndedIsOpenedAnew() throws Exception {
        lab.run();
        ServedModels.Found model = models.all().get(0);
        lab.before = examples -> Thread.currentThread().interrupt();
        models.predict(model, Sentences.examples(List.of(sentence())));
        lab.awaitNoLease();
        lab.before = examples -> {};
        assertEquals(1, models.predict(model, Sentences.examples(List.of(sentence()))).items().size());
        assertEquals(2, lab.opened);
        models.closeIdle(Instant.now());
        assertTrue(models.isOpen(model.id()), "it was asked just now");
    }
}
