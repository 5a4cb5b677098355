package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Example;
import relata.api.run.RunFolder;
import relata.api.run.TrainedModel;
import relata.api.run.Workbench;
import relata.console.rest.Handler;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Role;
import relata.runs.results.TableComparisons;

@Timeout(60)
class HeavyRequestsTest {
    @TempDir
    private Path root = Path.of("");

    private static Request request() {
        return new Request(Role.VIEWER, Map.of(), Map.of(), InputStream.nullInputStream());
    }

    /** Asks within as many answers as are allowed at once, each within the one before. */
    private static Object within(HeavyRequests heavy, int depth, Handler innermost) throws Exception {
        return heavy.few(r -> depth == 1 ? innermost.answer(r) : within(heavy, depth - 1, innermost)).answer(request());
    }

    @Test
    void noMoreThanSomeAtOnce() throws Exception {
        HeavyRequests heavy = new HeavyRequests();
        for (int i = 0; i < 2; i++) {
            assertEquals("done", within(heavy, HeavyRequests.MOST, r -> "done"));
            assertEquals("503 busy", Lab.refused(assertThrows(Refusal.class, () -> within(heavy, HeavyRequests.MOST + 1, r -> "done"))), "those that failed make room again");
        }
    }

    @Test
    void moreMayWaitForAModel() throws Exception {
        HeavyRequests heavy = new HeavyRequests();
        Handler[] waiting = new Handler[1];
        int[] depth = new int[1];
        waiting[0] = heavy.many(r -> depth[0]++ == HeavyRequests.MOST_WAITING - 1 ? Lab.refused(assertThrows(Refusal.class, () -> waiting[0].answer(r))) : waiting[0].answer(r));
        assertEquals("503 busy", waiting[0].answer(request()));
        assertEquals(HeavyRequests.MOST_WAITING, depth[0]);
        assertEquals("done", heavy.many(r -> within(heavy, HeavyRequests.MOST, full -> "done")).answer(request()), "they make room again, and take none from those that compute");
    }

    @Test
    void thoseThatWaitForEachOtherLeaveRoomForOthers() throws Exception {
        HeavyRequests heavy = new HeavyRequests();
        List<String> answers = new ArrayList<>();
        Handler[] waiting = new Handler[1];
        waiting[0] = heavy.few(2, r -> {
            answers.add("within");
            if (answers.size() == 2) {
                answers.add(Lab.refused(assertThrows(Refusal.class, () -> waiting[0].answer(r))));
                answers.add(String.valueOf(heavy.few(other -> "another kind").answer(r)));
                return "done";
            }
            return waiting[0].answer(r);
        });
        assertEquals("done", waiting[0].answer(request()));
        assertEquals(List.of("within", "within", "503 busy", "another kind"), answers);
        answers.clear();
        assertEquals("done", waiting[0].answer(request()), "they make room again");
    }

    @Test
    void allThatComputeShareThem() throws Exception {
        Lab lab = new Lab(root);
        HeavyRequests heavy = new HeavyRequests();
        Answered answered = new Answered(lab.results, lab.recipes);
        RunCorpora corpora = new RunCorpora(lab.recipes, lab, lab);
        RunVectors vectors = new RunVectors(lab, lab);
        ClientParts parts = new ClientParts(lab.catalogue, lab.recipes);
        ServedModels models = new ServedModels(lab.site, lab, lab, new Trainings());
        List<Resource> resources = List.of(
                new ModelsResource(models, new Explanations(models, corpora, vectors, answered, parts, lab, lab), answered, heavy), new VectorsResource(lab.site, lab, answered, corpora, vectors, heavy),
                new CompareResource(lab.site, new TableComparisons(lab.results, lab.recipes, lab), heavy), new JudgingResource(lab.site, answered, corpora, heavy), new ShiftResource(lab.site, lab.results, heavy), new TryResource(parts, lab, lab, heavy));
        List<String> refused = new ArrayList<>();
        within(heavy, HeavyRequests.MOST, full -> {
            for (Resource resource : resources)
                resource.routes().stream().filter(r -> !List.of("/models", "/models/{id}/predict", "/runs/{run}/evaluations").contains(r.path())).forEach(r -> refused.add(r.path() + " " + Lab.refused(assertThrows(Refusal.class, () -> r.handler().answer(request())))));
            return refused;
        });
        models.close();
        assertEquals(List.of("/runs/{run}/vectors 503 busy", "/compare 503 busy", "/runs/{run}/predictions 503 busy", "/runs/{run}/shift 503 busy", "/try/augmenter 503 busy", "/try/parser 503 busy"), refused);
    }

    @Test
    void whoWaitsForVectorsOfOthersIsRefusedAfterAWhile() throws Exception {
        Lab lab = new Lab(root);
        RunFolder run = lab.run();
        TrainedModel model = lab.models.get(0);
        List<Example> split = Lab.corpus().split("test");
        List<RunVectors> made = new ArrayList<>();
        ExecutorService other = Executors.newSingleThreadExecutor();
        // while vectors are made, another thread asks for others
        Workbench workbench = (Workbench) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Workbench.class}, (self, method, args) -> {
            if (method.getName().equals("openEncoder")) assertEquals("503 busy", other.submit(() -> Lab.refused(assertThrows(Refusal.class, () -> made.get(0).of(run, model, split, "test", 3, 1)))).get());
            try {
                return method.invoke(lab, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        made.add(new RunVectors(workbench, lab, Duration.ZERO));
        assertEquals(2, made.get(0).of(run, model, split, "test", 2, 1).examples().size());
        assertEquals(1, lab.opened);
        other.shutdown();
    }
}
