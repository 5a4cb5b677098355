package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void aFailedRunSaysSoAndStopsTheSeeds() {
        List<Long> seen = new ArrayList<>();
        services.runner = new FakeServices.FakeRunner((recipe, folder) -> {
            seen.add(recipe.seed());
            folder.stage("train");
            folder.status(RunStatus.FAILED, "the disk is full");
            throw new IOException("the disk is full");
        });
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1..3"));
        assertEquals(List.of(1L), seen);
        assertTrue(shell.err().contains("--resume run-0") && shell.err().endsWith("relata: the disk is full\n"), shell.err());
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
