package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RecipeRunner;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;

class RunCommandTest {
    @TempDir
    private Path home = Path.of("");

    private FakeServices services = new FakeServices(home);
    private Shell shell = new Shell(services);
    private String runs = "";

    @BeforeEach
    void prepare() throws IOException {
        services = new FakeServices(home);
        shell = new Shell(services);
        runs = home.resolve("runs").toString();
        Files.createDirectories(home.resolve("recipes"));
        Files.writeString(home.resolve("recipes/own.yaml"), "title: Mine\ncite: [me-2026]\n");
        services.runner = new FakeServices.FakeRunner((recipe, folder) ->
                Files.writeString(folder.stage("test").resolve("evaluation.json"), "{\"metrics\": {\"micro-f1\": " + recipe.seed() / 100.0 + ", \"f1:a\": 1}}"));
    }

    @Test
    void runsARecipeOfTheDistribution() {
        assertEquals(0, shell.run("run", "own", "--runs", runs), shell.err());
        assertEquals("Run run-0 is in " + home.resolve("runs/run-0") + "\n", shell.out());
        assertEquals(RunStatus.DONE, services.runs.all.get(0).status());
    }

    @Test
    void overridesReachTheRecipe() {
        assertEquals(0, shell.run("run", "own", "--runs", runs, "-D", "stages.x.with.epochs=3", "-Dcorpus.with.root=a=b"), shell.err());
        assertTrue(services.runs.all.get(0).recipe().endsWith("{stages.x.with.epochs=3, corpus.with.root=a=b}"), services.runs.all.get(0).recipe());
    }

    @Test
    void seedsGiveMedianAndSpread() {
        assertEquals(0, shell.run("run", "own", "--runs", runs, "--seeds", "10..12,50", "--json"), shell.err());
        JsonObject spread = JsonParser.parseString(shell.out()).getAsJsonObject().getAsJsonObject("spread").getAsJsonObject("test.micro-f1");
        assertEquals(0.115, spread.get("median").getAsDouble(), 1e-12);
        assertEquals(0.2075, spread.get("mean").getAsDouble(), 1e-12);
        assertEquals(4, services.runs.all.size());
        assertEquals(0, shell.run("run", "own", "--runs", runs, "--seeds", "1,2"));
        assertTrue(shell.out().contains("test.micro-f1") && !shell.out().contains("f1:a"), shell.out());
    }

    @Test
    void theReportOfTheLastStageIsPrinted() throws IOException {
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> Files.writeString(folder.stage("report").resolve("report.txt"), "the report"));
        assertEquals(0, shell.run("run", "own", "--runs", runs));
        assertEquals(List.of("report"), services.results().stages(home.resolve("runs/run-0")));
        assertEquals("the report", services.results().report(home.resolve("runs/run-0"), List.of("test", "report", "later")).orElseThrow());
    }

    @Test
    void aStoppedRunSaysHowToGoOn() {
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> folder.status(RunStatus.STOPPED, ""));
        assertEquals(1, shell.run("run", "own", "--runs", runs));
        assertTrue(shell.err().contains("relata run --resume run-0 --runs " + runs), shell.err());
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> folder.status(RunStatus.RUNNING, ""));
        assertEquals(0, shell.run("run", "--resume", "last", "--runs", runs), shell.err());
        assertEquals(1, services.runs.all.size());
    }

    @Test
    void aFailedRunSaysSo() {
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> fail(folder, "the disk is full"));
        assertEquals(1, shell.run("run", "own", "--runs", runs));
        assertTrue(shell.err().contains("--resume run-0") && shell.err().endsWith("relata: the disk is full\n"), shell.err());
    }

    private static void fail(RunFolder folder, String why) throws IOException {
        folder.stage("train");
        folder.status(RunStatus.FAILED, why);
        throw new IOException(why);
    }

    @Test
    void theOthersGoOnIfOneOfSeveralFails() {
        List<Long> seen = new ArrayList<>();
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            seen.add(recipe.seed());
            if (recipe.seed() == 2) fail(folder, "the disk is full");
            if (recipe.seed() == 3) throw new OutOfMemoryError("Java heap space");
            Files.writeString(folder.stage("test").resolve("evaluation.json"), "{\"metrics\": {\"micro-f1\": 0.5}}");
        });
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1..4", "--json"));
        assertEquals(List.of(1L, 2L, 3L, 4L), seen);
        assertTrue(shell.err().contains("relata: the disk is full\n") && shell.err().contains("relata: Java's heap is full; "), shell.err());
        assertTrue(shell.err().endsWith("relata: 2 of 4 runs failed: run-1 (seed=2), (seed=3). Go on with: relata run --resume group-0 --runs " + runs + "\n"), shell.err());
        JsonObject page = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertEquals(List.of("DONE ", "FAILED the disk is full", "FAILED Java's heap is full; RELATA_JVM_OPTS=-Xmx4g, for example, makes it larger", "DONE "),
                page.getAsJsonArray("runs").asList().stream().map(r -> r.getAsJsonObject().get("status").getAsString() + " " + r.getAsJsonObject().get("error").getAsString()).toList());
        assertEquals(0.5, page.getAsJsonObject("spread").getAsJsonObject("test.micro-f1").get("median").getAsDouble(), "the figures of what is done");
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> seen.add(recipe.seed()));
        assertEquals(0, shell.run("run", "--resume", "group-0", "--runs", runs), shell.err());
        assertEquals(List.of(2L, 3L), seen.subList(4, seen.size()));
        assertFalse(shell.err().contains("failed"), shell.err());
    }

    @Test
    void nothingIsSaidOfAGroupThatCameToNothing() {
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            throw new IOException("train.jsonl line 3: is no JSON");
        });
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1,2"));
        assertTrue(shell.err().endsWith("relata: 2 of 2 runs failed: (seed=1), (seed=2)\n"), shell.err());
        assertEquals(List.of(), services.runs.all);
    }

    private static void wrongSplit(Recipe recipe) throws RecipeException {
        throw new RecipeException(recipe.name(), List.of(new Mistake(-1, "stages.test.with.split", "there is no split 'tset'")));
    }

    @Test
    void aMistakeOfAllRunsIsToldOnceBeforeTheyBegin() {
        List<Long> seen = new ArrayList<>();
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            seen.add(recipe.seed());
            wrongSplit(recipe);
        });
        assertEquals(2, shell.run("run", "own", "--runs", runs, "--seeds", "1..3"));
        assertEquals(List.of(1L), seen);
        assertTrue(shell.err().endsWith("relata: own has a mistake:\n  stages.test.with.split: there is no split 'tset'\n") && !shell.err().contains("runs failed"), shell.err());
        assertEquals(List.of(), services.runs.all);
    }

    @Test
    void theOthersGoOnIfTheMistakeIsThatOfOneRun() {
        List<Long> seen = new ArrayList<>();
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            seen.add(recipe.seed());
            if (recipe.seed() == 2) wrongSplit(recipe);
        });
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1..3"));
        assertEquals(List.of(1L, 2L, 3L), seen);
        assertTrue(shell.err().contains("relata: 1 of 3 runs failed: (seed=2). Go on with: "), shell.err());
    }

    @Test
    void aRunThatIsDoneHasNotFailedIfItsReportCannotBeWritten() {
        services.runner = new FakeServices.FakeRunner((recipe, folder) ->
                Files.writeString(folder.stage("test").resolve("evaluation.json"), recipe.seed() == 2 ? "{" : "{\"metrics\": {\"micro-f1\": 0.5}}"));
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1..3"));
        assertTrue(shell.err().contains("relata: run run-1 is done, but its report could not be written:\nrelata: ") && shell.err().contains("evaluation.json is damaged: "), shell.err());
        assertTrue(shell.err().endsWith("relata: 1 of 3 runs are done, but their reports could not be written: run-1 (seed=2)\n") && !shell.err().contains("failed"), shell.err());
        assertTrue(shell.out().contains("Over 2 seeds") && shell.out().contains("Run run-1 is in "), shell.out());
        assertEquals(1, shell.run("run", "--resume", "group-0", "--runs", runs, "--json"));
        JsonObject done = JsonParser.parseString(shell.out()).getAsJsonObject().getAsJsonArray("runs").get(1).getAsJsonObject();
        assertEquals("DONE", done.get("status").getAsString());
        assertTrue(done.get("error").getAsString().contains("evaluation.json is damaged: "), shell.out());
    }

    @Test
    void anInterruptEndsAllOfThem() {
        List<Long> seen = new ArrayList<>();
        services.runner = new RecipeRunner() {
            @Override
            public RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) throws Exception {
                seen.add(recipe.seed());
                if (recipe.seed() == 2) ((Interrupt) stop).heard("INT");
                fail(folder, "it was cut off");
                return RunStatus.FAILED;
            }

            @Override
            public void check(Recipe recipe, Corpus corpus) {}
        };
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1..4"));
        assertEquals(List.of(1L, 2L), seen);
        assertTrue(shell.err().contains("2 of 4 runs failed: run-0 (seed=1), run-1 (seed=2)"), shell.err());
    }

    @Test
    void eachRunWorksWithThePartsThatAreThereWhenItBegins() {
        List<String> seen = new ArrayList<>();
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            seen.add(recipe.seed() + " " + recipe.corpus().name());
            services.reader = "newer";
        });
        assertEquals(0, shell.run("run", "own", "--runs", runs, "--seeds", "1,2"), shell.err());
        assertEquals(List.of("1 jsonl", "2 newer"), seen);
    }

    @Test
    void aRunThatDidNotGetToItsFirstStageIsNotKept() {
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            throw new IOException("train.jsonl line 3: is no JSON");
        });
        assertEquals(1, shell.run("run", "own", "--runs", runs));
        assertTrue(shell.err().endsWith("relata: train.jsonl line 3: is no JSON\n") && !shell.err().contains("--resume"), shell.err());
        assertEquals(List.of(), services.runs.all);
    }

    @Test
    void aRunOfAnotherProcessIsNeitherRemovedNorSaidToHaveFailed() {
        assertEquals(0, shell.run("run", "own", "--runs", runs));
        services.runs.all.get(0).status(RunStatus.RUNNING, "");
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            throw new IllegalStateException("run run-0 is being worked on");
        });
        assertEquals(1, shell.run("run", "--resume", "last", "--runs", runs));
        assertTrue(shell.err().endsWith("relata: run run-0 is being worked on\n") && !shell.err().contains("failed"), shell.err());
        assertEquals(1, services.runs.all.size());
    }

    @Test
    void mistakesComeBeforeTheRun() throws IOException {
        Files.writeString(home.resolve("recipes/bad.yaml"), "WRONG");
        assertEquals(2, shell.run("run", "bad", "--runs", runs));
        assertTrue(shell.err().contains("bad.yaml has 2 mistakes:\n  line 1  corpus: is wrong\n  line 2  encoder: is wrong too"), shell.err());
        assertEquals(List.of(), services.runs.all);
    }

    @Test
    void wrongUseIsExplained() {
        assertEquals(2, shell.run("run"));
        assertEquals(2, shell.run("run", "own", "--resume", "last"));
        assertEquals(2, shell.run("run", "--resume", "last", "-D", "seed=1"));
        assertEquals(2, shell.run("run", "own", "--seeds", "1,2", "-D", "seed=1"));
        assertEquals(2, shell.run("run", "own", "--seeds", "3..1"));
        assertEquals(2, shell.run("run", "owm"));
        assertTrue(shell.err().contains("nor one of own") || shell.err().contains("one of own"), shell.err());
        assertEquals(List.of(), services.runs.all);
    }

    @Test
    void runsAreListedComparedAndDeleted() {
        shell.run("run", "own", "--runs", runs, "--seeds", "1,2");
        assertEquals(0, shell.run("runs", "list", "--runs", runs));
        assertEquals("run-0  done  test micro-f1 0.0100\nrun-1  done  test micro-f1 0.0200\n", shell.out());
        assertEquals(0, shell.run("runs", "show", "run-0", "--runs", runs));
        assertTrue(shell.out().startsWith("run-0: done\n") && shell.out().contains("test: done") && shell.out().contains("micro-f1"), shell.out());
        assertEquals(0, shell.run("runs", "compare", "run-0", "run-1", "--runs", runs));
        assertTrue(shell.out().contains("test.micro-f1  0.0100  0.0200"), shell.out());
        assertEquals(2, shell.run("runs", "compare", "run-0", "last", "run-1", "--runs", runs));
        assertEquals(1, shell.run("runs", "show", "nothing", "--runs", runs));
        assertEquals(2, shell.run("runs", "rm", "run-0", "--runs", runs));
        assertEquals(2, services.runs.all.size());
        assertEquals(0, shell.run("runs", "rm", "run-0", "last", "--runs", runs, "--yes"));
        assertEquals(List.of(), services.runs.all);
    }
}
