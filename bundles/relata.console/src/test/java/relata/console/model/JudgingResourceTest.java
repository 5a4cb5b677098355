package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.run.RunFolder;
import relata.api.run.TrainedModel;
import relata.console.rest.Refusal;
import relata.console.rest.Resource;
import relata.console.rest.Role;
import relata.runs.results.TableComparisons;

/** What is answered of run folders: evaluations, single answers, shift, comparison, vectors, and single parts. */
class JudgingResourceTest {
    @TempDir
    private Path root = Path.of("");

    private Lab lab = new Lab(root);

    @BeforeEach
    void begin() {
        lab = new Lab(root);
    }

    private Object get(Resource resource, String path, RunFolder run, String... query) throws Exception {
        return Lab.ask(resource, "GET", path, Role.VIEWER, Map.of("run", run.id()), "", query);
    }

    private JudgingResource judging() {
        return new JudgingResource(lab.site, new Answered(lab.results, lab.recipes), new RunCorpora(lab.recipes, lab, lab), new HeavyRequests());
    }

    private JudgingResource.Page answers(JudgingResource resource, RunFolder run, String... query) throws Exception {
        return (JudgingResource.Page) get(resource, "/runs/{run}/predictions", run, query);
    }

    @Test
    void relationsAndConfusionAreCounted() throws Exception {
        RunFolder run = lab.run();
        JudgingResource.Evaluation e = ((JudgingResource.Evaluations) get(judging(), "/runs/{run}/evaluations", run)).evaluations().get(0);
        assertEquals("pretrain", e.model());
        assertEquals("test", e.split());
        assertEquals(Map.of("accuracy", 0.75), e.figures());
        // of p4 to p11 the even ones bind; the fourth and the eighth answer are 'none', which is right of odd ones
        assertEquals(new Confusion(List.of("binds", "none"), List.of(List.of(4, 0), List.of(0, 4))), e.confusion());
        Files.writeString(run.stage("test").resolve("predictions.jsonl"), """
                {"example":"p4","pair":0,"gold":["binds"],"label":"none","scores":[0.4,0.6]}
                {"example":"p5","pair":0,"gold":["none"],"label":"none","scores":[0.4,0.6]}
                {"example":"p6","pair":0,"gold":["none","binds"],"label":"binds","scores":[0.9,0.1]}
                {"example":"p7","pair":0,"gold":[],"label":"binds","scores":[0.9,0.1]}
                """);
        e = ((JudgingResource.Evaluations) get(judging(), "/runs/{run}/evaluations", run)).evaluations().get(0);
        assertEquals(new Confusion(List.of("binds", "none"), List.of(List.of(1, 1), List.of(0, 1))), e.confusion());
        assertEquals(new Confusion.Relation("binds", 2, 1, 1, 1, 0.5, 2 / 3.0), e.relations().get(0));
        assertEquals(new Confusion.Relation("none", 2, 2, 1, 0.5, 0.5, 0.5), e.relations().get(1));
    }

    @Test
    void answersAreFilteredOrderedAndPaged() throws Exception {
        RunFolder run = lab.run();
        Path file = run.stage("test").resolve("predictions.jsonl");
        Files.writeString(file, Files.readString(file).replaceFirst("\"gold\":\\[\"none\"\\],\"label\":\"none\"", "\"gold\":[\"binds\"],\"label\":\"none\""));
        JudgingResource resource = judging();
        JudgingResource.Page all = answers(resource, run);
        assertEquals(8, all.total());
        assertEquals(new Shown(List.of("drug4", "binds", "gene4", "."), List.of(List.of(0, 1)), List.of(List.of(2, 3))), all.answers().get(0).sentence().orElseThrow());
        assertEquals(List.of("p5"), answers(resource, run, "wrong=true").answers().stream().map(JudgingResource.Answer::example).toList());
        assertEquals(7, answers(resource, run, "wrong=false").total());
        assertEquals(List.of("p6", "p8"), answers(resource, run, "gold=binds", "predicted=binds", "offset=1", "limit=2").answers().stream().map(JudgingResource.Answer::example).toList());
        assertEquals(List.of("p11", "p10"), answers(resource, run, "q=gene1").answers().stream().sorted((a, b) -> -a.example().compareTo(b.example())).map(JudgingResource.Answer::example).toList());
        assertEquals("p4", answers(resource, run, "order=unsure").answers().get(0).example());
        assertEquals(0.6 + 7 / 100.0, answers(resource, run, "order=surest").answers().get(0).score(), 1e-12);
        assertEquals(1, lab.read.size(), "the corpus is read once");
        assertTrue(answers(resource, run, "sentences=false").answers().get(0).sentence().isEmpty());
        assertEquals("400 wrong-query", Lab.refused(assertThrows(Refusal.class, () -> answers(resource, run, "wrong=perhaps"))));
        assertEquals("404 no-answers", Lab.refused(assertThrows(Refusal.class, () -> answers(resource, run, "stage=../pretrain"))));
        Files.writeString(file, "{\"example\"\n");
        assertTrue(assertThrows(IOException.class, () -> answers(resource, run)).getMessage().startsWith(file + " line 1: "));
    }

    @Test
    void shiftsOfOldAndNewRunsAreShown() throws Exception {
        RunFolder run = lab.run();
        ShiftResource resource = new ShiftResource(lab.site, lab.results, new HeavyRequests());
        assertEquals("404 no-shift", Lab.refused(assertThrows(Refusal.class, () -> get(resource, "/runs/{run}/shift", run))));
        Path file = Files.writeString(run.stage("shift").resolve("shifts.jsonl"), """
                {"example":"p4","pair":0,"gold":["binds"],"before":"binds","after":"none","original":"a binds b","neighbour":"a ties b"}
                {"example":"p6","pair":0,"gold":["binds"],"before":"binds","after":"none","original":"a b c","neighbour":"a x c","tokens":["a","b","c"],"head":[[0,1]],"tail":[[2,3]],"kept":[0,2],"neighbourTokens":["a","x","c"],"neighbourHead":[[0,1]],"neighbourTail":[[2,3]],"changed":[1]}
                """);
        ShiftResource.Page page = (ShiftResource.Page) get(resource, "/runs/{run}/shift", run);
        assertEquals(2, page.total());
        assertEquals(List.of(1), page.cases().get(0).changed());
        assertEquals(new Shown(List.of("a", "ties", "b"), List.of(), List.of()), page.cases().get(0).neighbour());
        assertEquals(new Shown(List.of("a", "b", "c"), List.of(List.of(0, 1)), List.of(List.of(2, 3))), page.cases().get(1).original());
        assertEquals(List.of(0, 2), page.cases().get(1).kept());
        Files.writeString(file, "{}\n");
        assertTrue(assertThrows(IOException.class, () -> get(resource, "/runs/{run}/shift", run)).getMessage().startsWith(file + " line 1"));
    }

    @Test
    void runsAreComparedAsTheCommandDoes() throws Exception {
        RunFolder one = lab.run("seed=1"), two = lab.run("seed=2"), other = lab.run("stages.pretrain.with.split=test");
        CompareResource resource = new CompareResource(lab.site, new TableComparisons(lab.results, lab.recipes, lab), new HeavyRequests());
        CompareResource.Table table = (CompareResource.Table) get(resource, "/compare", one, "runs=" + one.id() + "," + two.id() + "," + other.id());
        assertEquals("accuracy in percent: median of seeds, their number in brackets", table.caption());
        assertEquals(List.of("split"), table.heads());
        assertEquals(List.of(List.of("train"), List.of("test")), table.rows().stream().map(CompareResource.Row::titles).toList());
        CompareResource.Cell cell = table.rows().get(0).cells().get(0).orElseThrow();
        assertEquals(List.of(1L, 2L), cell.seeds());
        assertEquals(0.75, cell.median());
        assertEquals("75.00", cell.text());
        assertEquals(1, table.verdicts().size());
        assertTrue(!table.verdicts().get(0).distinguishable() && table.notes().stream().anyMatch(n -> n.contains("not distinguishable from chance")), table.notes().toString());
        Refusal unknown = assertThrows(Refusal.class, () -> get(resource, "/compare", one, "runs=" + one.id() + ",../x,y"));
        assertEquals(2, unknown.details().size());
        assertEquals("400 wrong-query", Lab.refused(assertThrows(Refusal.class, () -> get(resource, "/compare", one, "runs=" + one.id(), "rows=nothing"))));
        assertEquals("409 nothing-to-compare", Lab.refused(assertThrows(Refusal.class, () -> get(resource, "/compare", one, "runs=" + one.id(), "figure=nothing"))));
        assertEquals("400 wrong-query", Lab.refused(assertThrows(Refusal.class, () -> get(resource, "/compare", one))));
    }

    private VectorsResource.Vectors vectors(VectorsResource resource, RunFolder run, String... query) throws Exception {
        return (VectorsResource.Vectors) get(resource, "/runs/{run}/vectors", run, query);
    }

    @Test
    void vectorsAreThoseOfAFixedChoice() throws Exception {
        RunFolder run = lab.run();
        Answered answered = new Answered(lab.results, lab.recipes);
        VectorsResource resource = new VectorsResource(lab.site, lab, answered, new RunCorpora(lab.recipes, lab, lab), new RunVectors(lab, lab), new HeavyRequests());
        VectorsResource.Vectors v = vectors(resource, run, "limit=5");
        assertEquals(5, v.ids().size());
        assertEquals(8, v.total());
        assertEquals(v.ids(), vectors(resource, run, "limit=5").ids());
        assertEquals(1, lab.opened, "encoded once");
        assertEquals(1, lab.closed);
        ByteBuffer numbers = ByteBuffer.wrap(Base64.getDecoder().decode(v.vectors())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 5; i++) {
            assertEquals(v.labels().get(i).equals("binds") ? 1 : -1, numbers.getFloat());
            assertEquals(0, numbers.getFloat());
            assertEquals(0.5f, numbers.getFloat());
            assertTrue(v.texts().get(i).contains(v.labels().get(i).equals("binds") ? "binds" : "meets"));
            assertEquals(v.labels().get(i), v.predicted().get(i));
        }
        assertEquals(List.of(), vectors(resource, run, "split=train").predicted(), "nobody judged the model on it");
        assertEquals("404 no-such-split", Lab.refused(assertThrows(Refusal.class, () -> vectors(resource, run, "split=x"))));
        assertEquals("404 no-model", Lab.refused(assertThrows(Refusal.class, () -> vectors(resource, run, "stage=test"))));
    }

    @Test
    void ofSeveralRightAnswersAnyIsRight() throws Exception {
        RunFolder run = lab.run();
        Path file = run.stage("test").resolve("predictions.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"gold\":[\"binds\"],\"label\":\"binds\"", "\"gold\":[\"binds\",\"none\"],\"label\":\"none\"").replace("\"gold\":[\"none\"],\"label\":\"none\"", "\"gold\":[\"none\"],\"label\":\"binds\""));
        VectorsResource resource = new VectorsResource(lab.site, lab, new Answered(lab.results, lab.recipes), new RunCorpora(lab.recipes, lab, lab), new RunVectors(lab, lab), new HeavyRequests());
        VectorsResource.Vectors v = vectors(resource, run);
        for (int i = 0; i < v.ids().size(); i++) {
            assertTrue(!v.labels().get(i).equals(v.predicted().get(i)));
            assertEquals(v.labels().get(i).equals("binds"), v.right().get(i));
        }
        assertEquals(List.of(), vectors(resource, run, "split=train").right(), "nobody judged the model on it");
    }

    @Test
    void vectorsOfEarlierCheckpointsAreKept() throws Exception {
        RunFolder run = lab.run();
        TrainedModel done = lab.models.get(0);
        VectorsResource resource = new VectorsResource(lab.site, lab, new Answered(lab.results, lab.recipes), new RunCorpora(lab.recipes, lab, lab), new RunVectors(lab, lab), new HeavyRequests());
        for (int epoch = 1; epoch <= 2; epoch++) {
            lab.models = List.of(new TrainedModel("pretrain", done.folder(), false, done.labels(), Optional.empty(), Optional.of(epoch), Instant.ofEpochSecond(epoch)));
            assertEquals(Optional.of(epoch), vectors(resource, run).epochs());
        }
        assertEquals(List.of(1, 2), vectors(resource, run).kept());
        assertEquals(Optional.of(1), vectors(resource, run, "epoch=1").epochs());
        assertEquals(2, lab.opened);
        assertEquals(List.of("Those after epoch 1 are.", "Those after epoch 2 are."), assertThrows(Refusal.class, () -> vectors(resource, run, "epoch=7")).details());
    }

    @Test
    void partsAreTriedButReadNoFilesForViewers() throws Exception {
        TryResource resource = new TryResource(new ClientParts(lab.catalogue, lab.recipes), lab, lab, new HeavyRequests());
        String sentence = "\"sentence\": {\"text\": \"drug binds gene\", \"head\": [0, 4], \"tail\": [11, 15]}";
        TryResource.Wordings views = (TryResource.Wordings) Lab.ask(resource, "POST", "/try/augmenter", Role.VIEWER, Map.of(), "{\"name\": \"shout\", \"times\": 2, " + sentence + "}");
        assertEquals(2, views.views().size());
        assertEquals(List.of(0, 2), views.guarded());
        assertEquals(List.of(1), views.views().get(0).changed());
        TryResource.Parse parse = (TryResource.Parse) Lab.ask(resource, "POST", "/try/parser", Role.VIEWER, Map.of(), "{\"name\": \"flat\", \"text\": \"It works.\"}");
        assertEquals(List.of("It", "works", "."), parse.tokens());
        assertEquals(List.of(-1, 0, 1), parse.heads());
        String file = "{\"name\": \"file\", \"settings\": {\"file\": \"/etc/passwd\"}, \"tokens\": [\"a\"]}";
        assertEquals("403 wrong-role", Lab.refused(assertThrows(Refusal.class, () -> Lab.ask(resource, "POST", "/try/parser", Role.VIEWER, Map.of(), file))));
        assertEquals(1, ((TryResource.Parse) Lab.ask(resource, "POST", "/try/parser", Role.RUNNER, Map.of(), file)).tokens().size());
        assertEquals("404 no-such-part", Lab.refused(assertThrows(Refusal.class, () -> Lab.ask(resource, "POST", "/try/parser", Role.VIEWER, Map.of(), "{\"name\": \"x\", \"text\": \"a\"}"))));
        assertEquals(List.of(), lab.leased);
    }

    @Test
    void tooManyViewsAreRefusedBeforeAnyIsMade() throws Exception {
        TryResource resource = new TryResource(new ClientParts(lab.catalogue, lab.recipes), lab, lab, new HeavyRequests());
        String body = "{\"name\": \"many\", \"times\": %d, \"settings\": {%s}, \"sentence\": {\"text\": \"drug binds gene\", \"head\": [0, 4], \"tail\": [11, 15]}}";
        for (String wrong : List.of(
                body.formatted(1, "\"views\": \"101\""), body.formatted(20, "\"views\": \"6\""), body.formatted(20, "\"views\": \"2147483647\""),
                body.formatted(1, "\"inner\": \"{ use: many, with: { views: 2147483647 } }\""),
                body.formatted(2, "\"views\": \"10\", \"inner\": \"{ use: many, with: { views: 10 } }\""),
                body.formatted(20, "\"views\": \"2147483647\", \"inner\": \"{ use: many, with: { views: 2147483647, inner: { use: many, with: { views: 2147483647 } } } }\"")))
            assertEquals("422 wrong-body", Lab.refused(assertThrows(Refusal.class, () -> Lab.ask(resource, "POST", "/try/augmenter", Role.VIEWER, Map.of(), wrong))), wrong);
        assertEquals(0, lab.augmented);
        Lab.ask(resource, "POST", "/try/augmenter", Role.VIEWER, Map.of(), body.formatted(20, "\"views\": \"5\""));
        assertEquals(20, lab.augmented);
        assertEquals(List.of(), lab.leased);
    }
}
