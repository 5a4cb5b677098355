package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.run.RunFolder;

/** Runs that differ in seed, share and fold: multiplied, resumed, and set out in a table. */
class RunGroupTest {
    @TempDir
    private Path home = Path.of("");

    private TrainedServices services = new TrainedServices(home);
    private Shell shell = new Shell(services);
    private String runs = "";

    @BeforeEach
    void prepare() throws IOException {
        services = new TrainedServices(home);
        shell = new Shell(services);
        runs = home.resolve("runs").toString();
        Files.createDirectories(home.resolve("recipes"));
        Files.writeString(home.resolve("recipes/own.yaml"), """
                corpus: data
                encoder: none
                stages:
                  pretrain: { use: train, with: { corpus: { use: data, with: { size: 7 } } } }
                  finetune: { use: train, with: { from: pretrain } }
                  baseline: { use: train, with: { skill: 4 } }
                  test: { use: evaluate, with: { model: finetune } }
                  test-baseline: { use: evaluate, with: { model: baseline } }
                """);
    }

    private List<RunFolder> all() throws IOException {
        return services.runs().list(home.resolve("runs"));
    }

    private String group() throws IOException {
        return all().get(0).group().orElseThrow().id();
    }

    private JsonObject json() {
        return JsonParser.parseString(shell.out()).getAsJsonObject();
    }

    private void run(String... more) {
        String[] words = new String[more.length + 4];
        System.arraycopy(new String[] {"run", "own", "--runs", runs}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        assertEquals(0, shell.run(words), shell.err());
    }

    private String compare(String... more) {
        String[] words = new String[more.length + 4];
        System.arraycopy(new String[] {"runs", "compare", "--runs", runs}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        assertEquals(0, shell.run(words), shell.err());
        return shell.out();
    }

    @Test
    void sharesAndSeedsMultiply() throws IOException {
        run("--fractions", "1,0.1", "--seeds", "1..3", "--json");
        assertEquals(6, all().size());
        assertEquals(1, all().stream().map(r -> r.group().orElseThrow().id()).distinct().count());
        String first = all().get(0).recipe();
        assertEquals(2, first.lines().filter(l -> l.strip().equals("fraction: 0.1")).count(), "what trains on other data is not cut:\n" + first);
        assertTrue(first.contains("seed: 1") && all().get(5).recipe().contains("seed: 3"));
        JsonArray shares = json().getAsJsonArray("shares");
        assertEquals(2, shares.size());
        JsonObject small = shares.get(0).getAsJsonObject();
        assertEquals("0.1", small.get("fraction").getAsString());
        assertEquals(0.6, small.getAsJsonObject("spread").getAsJsonObject("test.accuracy").get("median").getAsDouble(), 1e-12);
        assertEquals(group(), json().get("group").getAsString());
        run("--fractions", "0.05", "--fraction-stages", "finetune");
        assertEquals(1, all().get(6).recipe().lines().filter(l -> l.strip().equals("fraction: 0.05")).count());
    }

    @Test
    void settingsAreVaried() throws IOException {
        run("--vary", "encoder.with.format=type,'only, context'", "--vary", "stages.baseline.with.skill=4,3", "--seeds", "1,2", "--json");
        assertEquals(8, all().size());
        assertTrue(all().get(2).recipe().contains("type") && all().get(2).recipe().contains("skill: 3") && all().get(2).recipe().contains("seed: 1"), all().get(2).recipe());
        JsonArray shares = json().getAsJsonArray("shares");
        assertEquals(4, shares.size());
        assertEquals("'only, context'", shares.get(3).getAsJsonObject().getAsJsonObject("varied").get("encoder.with.format").getAsString());
        List<String> lines = compare(group(), "--figure", "test.accuracy", "--rows", "encoder.with.format").lines().toList();
        assertTrue(lines.get(2).startsWith("type") && lines.get(3).startsWith("only, context"), lines.toString());
        services.runs().remove(all().get(4));
        assertEquals(0, shell.run("run", "--resume", group(), "--runs", runs), shell.err());
        assertTrue(shell.out().contains("Over 2 seeds, encoder.with.format=type, stages.baseline.with.skill=4"), shell.out());
    }

    @Test
    void variedSharesAreSettings() throws IOException {
        run("--vary", "stages.finetune.with.fraction=0.1,1", "--vary", "stages.pretrain.with.fraction=0.1,1", "--seeds", "1,2");
        assertEquals(4, shell.out().lines().filter(l -> l.startsWith("Over 2 seeds, stages.finetune.with.fraction=")).count(), shell.out());
        assertFalse(shell.out().contains("of the training data"), shell.out());
        String table = compare(group(), "--figure", "test.accuracy");
        assertTrue(table.contains("stages.finetune.with.fraction") && table.contains("stages.pretrain.with.fraction"), table);
        assertFalse(table.contains("differ in") || table.contains("only the second counts"), table);
        assertTrue(compare(group(), "--figure", "test.accuracy", "--rows", "stage").contains("Runs in one cell differ in stages.pretrain.with.fraction, stages.finetune.with.fraction")
                || shell.out().contains("Runs in one cell differ in stages.finetune.with.fraction, stages.pretrain.with.fraction"), shell.out());
        run("--vary", "corpus.with.of.with.size=40,60", "--folds", "2");
        assertEquals(2, shell.out().lines().filter(l -> l.startsWith("Over 2 folds, corpus.with.of.with.size=")).count(), shell.out());
    }

    @Test
    void whatIsMissingIsMadeUp() throws IOException {
        services.stopAfter = 2;
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--fractions", "0.1,1", "--seeds", "1,2"));
        assertEquals(3, all().size());
        assertTrue(shell.err().contains("relata run --resume " + all().get(2).id() + " --runs " + runs), shell.err());
        services.stopAfter = Integer.MAX_VALUE;
        services.worked.clear();
        assertEquals(0, shell.run("run", "--resume", "last", "--runs", runs), shell.err());
        assertEquals(4, all().size());
        assertEquals(2, services.worked.size(), "what is done is not done again");
        assertTrue(shell.err().contains("4 runs, of which 2 are done") && shell.out().contains("Over 2 seeds, on a share of 0.1"), shell.err() + shell.out());
        assertTrue(shell.out().contains("relata runs compare " + group()), shell.out());
        String id = group();
        services.runs().remove(all().get(1));
        services.worked.clear();
        assertEquals(0, shell.run("run", "--resume", id, "--runs", runs), shell.err());
        assertEquals(1, services.worked.size());
        assertTrue(all().get(3).recipe().contains("seed: 2") && all().get(3).recipe().contains("fraction: 0.1"), all().get(3).recipe());
        assertEquals(1, shell.run("run", "--resume", "group-x", "--runs", runs));
        assertTrue(shell.err().contains("there is no group 'group-x'") && shell.err().contains(id), shell.err());
    }

    @Test
    void aGroupIsKeptFromOthersWhileItIsWorkedOn() throws Exception {
        List<String> kept = new ArrayList<>();
        services.meanwhile = () -> kept.add(assertThrows(IllegalStateException.class, () -> services.runs().lockGroup(home.resolve("runs"), group())).getMessage());
        run("--seeds", "1..3");
        assertEquals(3, kept.size());
        services.meanwhile = () -> {};
        services.runs().remove(all().get(2));
        try (AutoCloseable held = services.runs().lockGroup(home.resolve("runs"), group())) {
            assertEquals(1, shell.run("run", "--resume", group(), "--runs", runs));
            assertTrue(shell.err().contains("the runs of " + group() + " are being worked on by process "), shell.err());
            assertEquals(2, all().size());
        }
        assertEquals(0, shell.run("run", "--resume", group(), "--runs", runs), shell.err());
        assertEquals(3, all().size());
    }

    @Test
    void foldsGiveTheirMeanAndTheFigureOfAllAnswersTogether() throws IOException {
        run("--folds", "3", "--json");
        assertEquals(3, all().size());
        assertTrue(all().get(2).recipe().contains("use: folds") && all().get(2).recipe().contains("fold: 2"), all().get(2).recipe());
        // 60 examples, 8 of 10 right: folds of 29, 30 and 1
        double[] right = new double[3], size = new double[3];
        for (int i = 0; i < 60; i++) {
            int fold = i == 0 ? 2 : i % 2;
            size[fold]++;
            if (i % 10 < 8) right[fold]++;
        }
        JsonObject share = json().getAsJsonArray("shares").get(0).getAsJsonObject();
        assertEquals((right[0] / size[0] + right[1] / size[1] + right[2] / size[2]) / 3, share.getAsJsonObject("spread").getAsJsonObject("test.accuracy").get("mean").getAsDouble(), 1e-12);
        assertEquals(0.8, share.getAsJsonObject("pooled").getAsJsonObject("test.accuracy").get("median").getAsDouble(), 1e-12);
        services.stopAfter = 6;
        shell.run("run", "own", "--runs", runs, "--folds", "2", "--seeds", "1,2");
        assertTrue(shell.out().contains("Left out: seed 2 has 1 of 2 folds."), shell.out());
        services.stopAfter = Integer.MAX_VALUE;
        run("--folds", "2", "--seeds", "1,2");
        assertTrue(shell.out().contains("Over 2 seeds, each the mean of 2 folds") && shell.out().contains("pooled"), shell.out());
        assertTrue(compare(group(), "--figure", "test.accuracy").contains("pooled 80.00"), shell.out());
    }

    @Test
    void wrongUseIsExplained() throws IOException {
        wrong("--fractions was '0,2' but must be numbers above 0 and at most 1", "--fractions", "0,2");
        wrong("--fractions was 'all'", "--fractions", "all");
        wrong("names a share twice", "--fractions", "0.1,0.10");
        wrong("--folds was 1 but", "--folds", "1");
        wrong("--folds, which is missing", "--fold-file", "x");
        wrong("there is no file x", "--folds", "2", "--fold-file", "x");
        wrong("--fractions, which is missing", "--fraction-stages", "finetune");
        wrong("the stages with a setting 'fraction' are: pretrain, finetune, baseline", "--fractions", "0.1", "--fraction-stages", "fine");
        wrong("exclude each other", "--fractions", "0.1", "-D", "stages.finetune.with.fraction=0.2");
        wrong("names 'type' twice", "--vary", "encoder.with.format=type,type");
        wrong("must be values with commas between them", "--vary", "encoder.with.format=type,");
        wrong("-D encoder.with.format and --vary exclude each other", "--vary", "encoder.with.format=type,plain", "-D", "encoder.with.format=type");
        wrong("--vary seed and --seeds exclude each other", "--vary", "seed=1,2", "--seeds", "3");
        wrong("--vary stages.pretrain.with.fraction and --fractions exclude each other", "--vary", "stages.pretrain.with.fraction=0.1,1", "--fractions", "0.1");
        wrong("--vary corpus.with.fold and --folds exclude each other", "--vary", "corpus.with.fold=0,1", "--folds", "2");
        assertEquals(2, shell.run("run", "--resume", "last", "--folds", "3", "--runs", runs));
        assertEquals(List.of(), all());
    }

    private void wrong(String said, String... more) {
        String[] words = new String[more.length + 4];
        System.arraycopy(new String[] {"run", "own", "--runs", runs}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        assertEquals(2, shell.run(words), shell.err());
        assertTrue(shell.err().contains(said), shell.err());
    }

    @Test
    void aMistakeIsToldOnceIfNoneOfTheValuesIsRight() throws IOException {
        assertEquals(2, shell.run("run", "own", "--runs", runs, "--fractions", "0.1,1", "--seeds", "1,2", "-D", "stages.finetune.with.split=trian"));
        assertEquals(1, shell.err().lines().filter(l -> l.contains("there is no split 'trian'")).count(), shell.err());
        assertEquals(List.of(), all());
        // one value is right: that of the others is no mistake of all
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--seeds", "1,2", "--vary", "stages.finetune.with.split=trian,train"));
        assertTrue(shell.err().contains("2 of 4 runs failed: "), shell.err());
        assertEquals(2, all().size());
    }

    @Test
    void aTableThatCannotBeWrittenLeavesTheRunsDone() throws IOException {
        services.meanwhile = this::damageAnswers;
        assertEquals(1, shell.run("run", "own", "--runs", runs, "--folds", "2"));
        assertTrue(shell.err().contains("relata: runs of " + group() + " are done, but their table could not be written:\nrelata: "), shell.err());
        assertEquals(2, shell.out().lines().filter(l -> l.startsWith("Run ")).count(), shell.out());
    }

    /** Of the runs that are done. */
    private void damageAnswers() {
        try {
            for (RunFolder run : all()) {
                Path answers = run.path().resolve("stages/test/predictions.jsonl");
                if (Files.exists(answers)) Files.writeString(answers, "{");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTableHasMethodsDownAndSharesAcross() throws IOException {
        run("--fractions", "0.1,1", "--seeds", "1..3");
        List<String> lines = compare(group()).lines().toList();
        assertEquals("accuracy in percent: median of 3 seeds", lines.get(0));
        assertEquals(List.of("stage", "10 %", "100 %"), List.of(lines.get(1).split(" {2,}")));
        assertEquals(List.of("test", "60.00*", "90.00*"), List.of(lines.get(2).split(" {2,}")));
        assertEquals(List.of("test-baseline", "50.00", "80.00"), List.of(lines.get(3).split(" {2,}")));
        assertTrue(shell.out().contains("10 %: 'test-baseline' differs from 'test' by -10.00 points"), shell.out());
        JsonObject table = JsonParser.parseString(compare(group(), "--json")).getAsJsonObject();
        JsonObject cell = table.getAsJsonArray("rows").get(0).getAsJsonObject().getAsJsonArray("cells").get(1).getAsJsonObject();
        assertTrue(cell.get("best").getAsBoolean());
        assertEquals(3, cell.getAsJsonArray("seeds").size());
    }

    @Test
    void differencesThatCannotBeToldFromChanceAreMarked() throws IOException {
        Path recipe = home.resolve("recipes/own.yaml");
        Files.writeString(recipe, Files.readString(recipe).replace("skill: 4", "skill: 3").replace("data\n", "{ use: data, with: { size: 8 } }\n"));
        run("--seeds", "1,2");
        String text = compare(group(), "--rows", "stage", "--mean");
        assertTrue(text.contains("(mean ") && text.contains("±") && text.contains("†"), text);
        assertTrue(text.contains("not distinguishable from chance on these test items"), text);
        assertFalse(compare(group(), "--rows", "stage", "--resamples", "0").contains("distinguishable"), shell.out());
    }

    @Test
    void whatIsMissingOrCannotBeComparedIsNamed() throws IOException {
        run("--fractions", "0.1,1", "--seeds", "1,2");
        run("-D", "encoder.with.format=type", "-D", "corpus.with.size=50");
        services.stopAfter = 0;
        shell.run("run", "own", "--runs", runs, "-D", "encoder.with.format=other");
        String stopped = all().get(5).id();
        String text = compare("*-own*", "--figure", "test.accuracy", "--rows", "encoder.with.format");
        assertTrue(text.contains("format") && text.contains("type     –"), text);
        assertTrue(text.contains("Not counted: " + stopped + " is stopped."), text);
        assertTrue(text.contains("100 %: 'type' was judged on other test items than the other rows"), text);
        assertTrue(text.contains("(n 2)") && text.contains("(n 1)"), text);
        assertTrue(compare("*-own*", "--figure", "test.accuracy", "--rows", "recipe").contains("Runs in one cell differ in corpus.with.size, encoder.with.format"), shell.out());
        assertEquals(2, shell.run("runs", "compare", "*-own*", "--rows", "encoder.with.fromat", "--runs", runs));
        assertTrue(shell.err().contains("no run has a setting 'encoder.with.fromat'"), shell.err());
        assertEquals(1, shell.run("runs", "compare", "*-none*", "--runs", runs));
        assertEquals(1, shell.run("runs", "compare", group(), "--figure", "macro-f1", "--runs", runs));
        services.runs().remove(all().get(0));
        assertTrue(compare(group()).contains("Of " + group() + ", 1 of 4 runs are not here."), shell.out());
    }

    @Test
    void tablesAreWrittenInEachFormat() throws IOException {
        run("-D", "encoder.with.format='<b>|\"x\"'", "--fractions", "0.1,1", "--seeds", "1,2");
        run("--fractions", "1", "--seeds", "1,2");
        for (String format : TablePage.FORMATS) compare("*-own*", "--out", home.resolve("table." + format).toString());
        String markdown = Files.readString(home.resolve("table.md"));
        assertTrue(markdown.contains("| stage | format | 10 % | 100 % |\n|---|---|---:|---:|\n") && markdown.contains("&lt;b>\\|\"x\"") && markdown.contains("**"), markdown);
        List<String> csv = Files.readAllLines(home.resolve("table.csv"));
        assertEquals("stage,format,10 % median,10 % mean", csv.get(0).substring(0, 34));
        assertTrue(csv.get(1).startsWith("test,\"<b>|\"\"x\"\"\",0.55,"), csv.get(1));
        String html = Files.readString(home.resolve("table.html"));
        assertTrue(html.contains("&lt;b&gt;|&quot;x&quot;") && !html.contains("<b>"), html);
        assertTrue(html.contains("<th scope=\"row\">") && html.contains("<caption>") && html.contains("prefers-color-scheme: dark") && html.contains("lang=\"en\"") && html.contains("no result"), html);
        assertFalse(html.contains("http") || html.contains("<script"), html);
        assertEquals(2, shell.run("runs", "compare", group(), "--out", "table.pdf", "--runs", runs));
        assertTrue(shell.err().contains(".txt, .md, .csv, .html"), shell.err());
    }

    @Test
    void runsAreFoundByGroupPatternAndBeginning() throws IOException {
        run("--seeds", "1,2");
        run("--seeds", "1,2,3");
        RunSelection selection = new RunSelection(services, home.resolve("runs"));
        try {
            assertEquals(5, selection.find(List.of("*")).size());
            assertEquals(2, selection.find(List.of(group(), all().get(0).id(), group())).size());
        } catch (Failure e) {
            throw new AssertionError(e);
        }
        assertEquals(1, shell.run("runs", "compare", "group-", "--runs", runs));
        assertTrue(shell.err().contains("'group-' fits 2 groups"), shell.err());
        for (JsonElement run : JsonParser.parseString(shellJson()).getAsJsonArray()) assertEquals("DONE", run.getAsJsonObject().get("status").getAsString());
    }

    private String shellJson() {
        assertEquals(0, shell.run("runs", "list", "--json", "--runs", runs));
        return shell.out();
    }
}
