package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.platform.tests.MistakesOfUsersTest.assertWrong;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.platform.tests.Unpacked.Answer;

/** Runs the unpacked distribution as a process, as a stranger would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributionTest {
    private static final String EXAMPLE =
            "{\"id\": \"%s\", \"tokens\": [\"a\", \"%s\", \"is\", \"a\", \"kind\", \"of\", \"%s\"], \"head\": {\"start\": 1, \"end\": 2}, \"tail\": {\"start\": 6, \"end\": %d}, \"relation\": \"%s\"}\n";

    private Unpacked relata;

    @BeforeAll
    void unpack(@TempDir Path folder) throws Exception {
        relata = Unpacked.into(folder);
    }

    static String example(String id, String head, String tail, String relation) {
        return String.format(EXAMPLE, id, head, tail, 7, relation);
    }

    private static JsonObject object(Answer answer) {
        assertEquals("", answer.err());
        return JsonParser.parseString(answer.out()).getAsJsonObject();
    }

    @Test
    void helpNamesAllCommands() throws Exception {
        Answer help = relata.relata("--help");
        assertEquals(0, help.code());
        for (String command : List.of("run", "runs", "list", "describe", "try", "predict", "export", "corpus", "doctor", "completion", "schema", "version"))
            assertTrue(help.out().lines().anyMatch(l -> l.startsWith("  " + command + " ")), command + " is not in:\n" + help.out());
        assertEquals("", help.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "try loss", "corpus check"})
    void commandsHaveHelp(String command) throws Exception {
        Answer help = relata.relata((command + " --help").split(" "));
        assertEquals(0, help.code(), help.err());
        assertTrue(help.out().startsWith("Usage: relata " + command), help.out());
    }

    @Test
    void listsPartsRecipesAndCheckpoints() throws Exception {
        JsonArray all = JsonParser.parseString(relata.relata("list", "--json").out()).getAsJsonArray();
        TreeSet<String> names = new TreeSet<>();
        for (JsonElement e : all) names.add(e.getAsJsonObject().get("kind").getAsString() + " " + e.getAsJsonObject().get("name").getAsString());
        assertTrue(names.containsAll(List.of(
                "loss nt-xent", "loss supcon", "corpus wordnet", "corpus jsonl", "encoder transformer", "encoder cnn", "encoder pcnn", "optimiser sgd",
                "parser corenlp", "parser conllu", "augmenter synonym-replacement", "augmenter random-swap", "augmenter random-deletion", "guard shortest-path", "guard entities", "stage train", "recipe quickstart", "recipe bert-clre",
                "recipe bert-clre-released", "recipe cnn", "recipe pcnn", "recipe cp", "recipe cp-released", "recipe few-shot", "stage few-shot", "objective masked-lm", "augmenter blank-entities", "checkpoint minilm-l6", "checkpoint bge-small-en-v1.5")), names.toString());
        Answer losses = relata.relata("list", "losses");
        assertTrue(losses.out().startsWith("loss\n") && losses.out().contains("  nt-xent"), losses.out());
    }

    @Test
    void describesSettings() throws Exception {
        JsonObject loss = object(relata.relata("describe", "loss", "nt-xent", "--json"));
        JsonObject temperature = loss.getAsJsonArray("settings").get(0).getAsJsonObject();
        assertEquals("temperature", temperature.get("name").getAsString());
        assertEquals("0.1", temperature.get("standard").getAsString());
        assertEquals("(0, inf)", temperature.get("range").getAsString());
    }

    @Test
    void printsTheSchemaOfWhatIsInstalled() throws Exception {
        JsonObject definitions = object(relata.relata("schema")).getAsJsonObject("$defs");
        assertTrue(definitions.has("loss") && definitions.has("loss.nt-xent"), definitions.keySet().toString());
    }

    @Test
    void everyPartIsDescribedAndKeepsItsContract() throws Exception {
        List<String> without = new ArrayList<>();
        for (JsonElement e : JsonParser.parseString(relata.relata("list", "--json").out()).getAsJsonArray()) {
            JsonObject part = e.getAsJsonObject();
            boolean known = List.of("recipe", "checkpoint").contains(part.get("kind").getAsString());
            assertTrue(known || !part.get("summary").getAsString().isEmpty(), part + " has no summary");
            if (part.has("contract")) assertEquals(0, part.getAsJsonObject("contract").get("failed").getAsInt(), part + " does not keep its contract");
            else if (!known) without.add(part.get("kind").getAsString() + " " + part.get("name").getAsString());
        }
        // a build of some tests packs what others left in earlier builds; each check of wordnet-texts would read all of WordNet again
        if (Tree.WHOLE) assertEquals(List.of("corpus wordnet-texts"), without, "parts without a test under relata.testkit's contract of their kind");
    }

    @Test
    void theDoctorFindsNothing() throws Exception {
        Answer answer = relata.relata("doctor", "--json");
        JsonObject report = JsonParser.parseString(answer.out()).getAsJsonObject();
        assertTrue(report.get("ok").getAsBoolean(), answer.out());
        assertEquals(0, answer.code());
        assertTrue(report.get("checks").toString().contains("PyTorch"), answer.out());
    }

    @Test
    void theDoctorSaysWhatIsMissing() throws Exception {
        Answer answer = relata.relata("--features", "core,clre", "doctor");
        assertEquals(0, answer.code(), answer.out());
        Answer without = relata.relata("--features", "core", "doctor");
        assertEquals(1, without.code());
        assertTrue(without.out().contains("engine-cpu"), without.out());
    }

    /** Rather than to compute on the CPU and say nothing, the engine does not start. */
    @Test
    void whoStartsTheFeatureForCudaIsToldWhatItLacks() throws Exception {
        Answer answer = relata.relata(Map.of("RELATA_TORCH", relata.work().toString()), "--features", "core,engine-cuda", "doctor");
        assertEquals(1, answer.code(), answer.out());
        assertTrue(answer.out().contains("the feature engine-cuda is started, but CUDA cannot be used: " + relata.work() + " is no torch of Python"), answer.out());
    }

    @Test
    void triesALoss() throws Exception {
        Path file = relata.file("pairs.json", "{\"embeddings\": [[1, 0], [0, 1], [1, 1], [1, -1]], \"groups\": [0, 0, 1, 1], \"similarity\": \"dot\"}");
        JsonObject trial = object(relata.relata("try", "loss", "nt-xent", "--with", "temperature=0.5", "--input", file.toString(), "--json"));
        double[][] x = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};
        int[] partner = {1, 0, 3, 2};
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double all = 0;
            for (int j = 0; j < 4; j++) if (j != i) all += Math.exp((x[i][0] * x[j][0] + x[i][1] * x[j][1]) / 0.5);
            double near = Math.exp((x[i][0] * x[partner[i]][0] + x[i][1] * x[partner[i]][1]) / 0.5);
            sum -= Math.log(near / all);
        }
        assertEquals(sum / 4, trial.get("value").getAsDouble(), 1e-5);
        assertEquals(4, trial.getAsJsonArray("gradient").size());
    }

    @Test
    void triesAnAugmenter() throws Exception {
        Path file = relata.file("augment.jsonl", example("a", "dog", "animal", "kind"));
        String[] command = {"try", "augmenter", "random-deletion", "--with", "rate=0.5", "--input", file.toString(), "--n", "3", "--seed", "7", "--json"};
        Answer answer = relata.relata(command);
        assertEquals(0, answer.code(), answer.err());
        assertEquals(3, answer.out().lines().count());
        answer.out().lines().forEach(line -> {
            JsonObject view = JsonParser.parseString(line).getAsJsonObject();
            String tokens = view.get("tokens").toString();
            assertTrue(tokens.contains("dog") && tokens.contains("animal"), "an entity was deleted: " + line);
            assertEquals(2, view.getAsJsonArray("guarded").size(), line);
        });
        assertEquals(answer.out(), relata.relata(command).out(), "the same seed gives other views");
    }

    @Test
    void triesAParser() throws Exception {
        Path file = relata.file("text.txt", "Steve Jobs founded Apple in Cupertino.\n");
        JsonObject parse = object(relata.relata("try", "parser", "corenlp", "--input", file.toString(), "--json"));
        assertEquals("[\"Steve\",\"Jobs\",\"founded\",\"Apple\",\"in\",\"Cupertino\",\".\"]", parse.get("tokens").toString());
        assertEquals(2, parse.getAsJsonArray("heads").get(1).getAsInt(), "Jobs depends on founded: " + parse);
        assertEquals("nsubj", parse.getAsJsonArray("labels").get(1).getAsString());
    }

    /** A recipe that comes with the platform, whose encoder begins from nothing: trained, judged, and asked about a sentence with words that it never saw. */
    @Test
    void trainsAnEncoderFromNothing() throws Exception {
        Path data = Files.createDirectories(relata.work().resolve("words"));
        StringBuilder train = new StringBuilder();
        for (String animal : List.of("dog", "cat", "horse", "cow")) train.append(example(animal, animal, "animal", "living"));
        for (String tool : List.of("hammer", "saw", "drill", "axe")) train.append(example(tool, tool, "tool", "made"));
        Files.writeString(data.resolve("train.jsonl"), train);
        for (String split : List.of("dev", "test")) Files.writeString(data.resolve(split + ".jsonl"), example(split + "1", "hen", "animal", "living") + example(split + "2", "file", "tool", "made"));
        Answer run = relata.relata("run", "pcnn", "--runs", "runs from nothing", "-D", "corpus=jsonl", "-D", "corpus.with.root=words", "-D", "stages.train.with.batches.with.size=4", "--json");
        assertEquals(0, run.code(), run.err());
        Path made;
        try (Stream<Path> runs = Files.list(relata.work().resolve("runs from nothing"))) {
            made = runs.findFirst().orElseThrow();
        }
        assertTrue(Files.exists(made.resolve("stages/train/model/vocab.json")), "the words that it knows");
        relata.file("unseen.jsonl", example("x", "puppy", "animal", "living").replace(", \"relation\": \"living\"", ""));
        Answer predict = relata.relata("predict", "--model", made.toString(), "--in", "unseen.jsonl", "--out", "unseen answers.jsonl");
        assertEquals(0, predict.code(), predict.err());
        assertEquals("living", JsonParser.parseString(Files.readString(relata.work().resolve("unseen answers.jsonl"))).getAsJsonObject().get("label").getAsString());
        assertWrong(relata, 1, "cannot be written as ONNX. What can: the encoder 'transformer'", "export", "--model", made.toString());
    }

    /** A whole method on frozen vectors: from a recipe of the user's own and data of the user's own to a report and predictions. */
    @Test
    void runsARecipeOnTheUsersData() throws Exception {
        Path data = Files.createDirectories(relata.work().resolve("data"));
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        List<String> animals = List.of("dog", "cat", "horse", "cow", "sheep", "pig", "goat", "hen");
        List<String> tools = List.of("hammer", "saw", "drill", "axe", "knife", "spade", "rake", "file");
        for (int i = 0; i < animals.size(); i++) {
            StringBuilder split = i < 6 ? train : test;
            split.append(example("animal" + i, animals.get(i), "animal", "living")).append(example("tool" + i, tools.get(i), "tool", "made"));
        }
        Files.writeString(data.resolve("train.jsonl"), train);
        Files.writeString(data.resolve("test.jsonl"), test);
        relata.file("own.yaml", """
                title: Nearest centroids on frozen vectors
                corpus: { use: jsonl, with: { root: data } }
                encoder: { use: transformer, with: { checkpoint: minilm-l6, format: mention, pool: mention-starts, maxLength: 32 } }
                stages:
                  centroids: { use: classify, with: { classifier: { use: nearest-centroid } } }
                  test: { use: evaluate, with: { model: centroids, split: test } }
                """);
        Answer run = relata.relata("run", "own.yaml", "--seeds", "1,2", "--json");
        assertEquals(0, run.code(), run.err());
        JsonObject results = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(2, results.getAsJsonArray("runs").size());
        assertEquals(1.0, results.getAsJsonObject("spread").getAsJsonObject("test.micro-f1").get("median").getAsDouble(), "animals and tools are easily told apart: " + run.out());
        assertEquals(0.0, results.getAsJsonObject("spread").getAsJsonObject("test.micro-f1").get("deviation").getAsDouble());

        JsonArray runs = JsonParser.parseString(relata.relata("runs", "list", "--json").out()).getAsJsonArray();
        assertEquals(2, runs.size());
        assertEquals("DONE", runs.get(0).getAsJsonObject().get("status").getAsString());
        String first = runs.get(0).getAsJsonObject().get("run").getAsString();
        String second = runs.get(1).getAsJsonObject().get("run").getAsString();
        Answer compare = relata.relata("runs", "compare", first, second);
        assertTrue(compare.out().contains("test.micro-f1") && compare.out().contains("seed: 2"), compare.out());
        assertTrue(relata.relata("runs", "show", "last").out().startsWith(second + ": done"));

        relata.file("new.jsonl", example("x", "puppy", "animal", "living").replace(", \"relation\": \"living\"", ""));
        Answer predict = relata.relata("predict", "--model", "last", "--in", "new.jsonl", "--out", "answers.jsonl");
        assertEquals(0, predict.code(), predict.err());
        JsonObject answer = JsonParser.parseString(Files.readString(relata.work().resolve("answers.jsonl"))).getAsJsonObject();
        assertEquals("living", answer.get("label").getAsString());
        assertEquals(2, answer.getAsJsonObject("scores").size());
        try (Stream<Path> files = Files.list(relata.work())) {
            assertTrue(files.noneMatch(f -> f.getFileName().toString().endsWith(".part")), "something half-written was left");
        }

        assertWrong(relata, 1, "which is not written as ONNX", "export", "--model", "last");
        assertEquals(2, relata.relata("runs", "rm", "last").code(), "nothing is deleted without a word");
        assertEquals(0, relata.relata("runs", "rm", second, "--yes").code());
        assertEquals(1, JsonParser.parseString(relata.relata("runs", "list", "--json").out()).getAsJsonArray().size());
    }

    @Test
    void theScriptSaysWhatIsWrongWithJava() throws Exception {
        Answer answer = relata.relata(Map.of("JAVA_HOME", relata.work().toString()), "list");
        assertEquals(3, answer.code());
        assertTrue(answer.err().startsWith("relata: JAVA_HOME is "), answer.err());
        Path old = Files.createDirectories(relata.work().resolve("jdk8/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n").toFile().setExecutable(true);
        Files.writeString(old.getParent().resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        Answer eight = relata.relata(Map.of("JAVA_HOME", old.getParent().toString()), "list");
        assertEquals(3, eight.code());
        assertTrue(eight.err().contains("is Java 8, but Relata needs Java 17"), eight.err());
    }

    @Test
    void completionIsAScriptThatBashAccepts() throws Exception {
        Path script = relata.file("completion.sh", relata.relata("completion").out());
        assertEquals(0, new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start().waitFor());
        assertTrue(Files.readString(script).contains("quickstart") || Files.readString(script).contains("compare"));
    }

    @Test
    void licencesAreThere() throws Exception {
        assertTrue(Files.readString(relata.folder().resolve("LICENSE")).contains("Apache License"));
        String notice = Files.readString(relata.folder().resolve("NOTICE"));
        for (String work : List.of("Stanford CoreNLP", "PyTorch", "ONNX Runtime", "Deep Java Library", "WordNet", "Felix", "Gson", "SnakeYAML", "picocli", "SLF4J", "extJWNL", "all-MiniLM-L6-v2", "bge-small-en-v1.5"))
            assertTrue(notice.contains(work), "NOTICE does not name " + work);
        assertTrue(Files.readString(relata.folder().resolve("licences/GPL-3.0.txt")).contains("GNU GENERAL PUBLIC LICENSE"));
        for (String text : List.of("BSD-3-Clause", "MIT", "WordNet")) assertTrue(Files.size(relata.folder().resolve("licences/" + text + ".txt")) > 1000, text);
    }
}
