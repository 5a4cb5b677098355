package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Part;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Augmenter;
import relata.api.view.View;

class PartCommandsTest {
    @TempDir
    private Path home = Path.of("");

    private FakeServices services = new FakeServices(home);
    private Shell shell = new Shell(services);
    private String input = "";

    @BeforeEach
    void prepare() throws IOException {
        services = new FakeServices(home);
        shell = new Shell(services);
        input = Files.writeString(home.resolve("in.jsonl"), "{}\n").toString();
        Augmenter swapsTheEnds = (example, random) -> {
            List<String> tokens = new ArrayList<>(example.passage().tokens());
            Collections.swap(tokens, 1, 3);
            Passage passage = new Passage("v", tokens, List.of(), example.passage().entities(), List.of());
            return List.of(new View(example, passage, List.of(0, 3, 2, 1, 4)));
        };
        services.created = Map.of("jsonl", FakeServices.reader(corpus("train", List.of(example("a", "train")))), "reverse", swapsTheEnds);
    }

    static Example example(String id, String label) {
        Passage passage = new Passage(id, List.of("A", "b", "c", "d", "E"), List.of(), List.of(Entity.of("e1", "X", 0, 1), Entity.of("e2", "", 4, 5)), List.of());
        return new Example(id, passage, List.of(new Pair(0, 1, List.of(label))));
    }

    static Corpus corpus(String split, List<Example> examples) {
        return new Corpus("tiny", new TreeMap<>(Map.of(split, examples)), List.of("other", "train"), Optional.empty(), new TreeMap<>());
    }

    @Test
    void listsByKind() {
        assertEquals(0, shell.run("list", "loss"));
        assertEquals("loss\n  nt-xent  passed  Attracts [Chen 2020]\nSecond column: the contract of the kind, when the part's bundle was built (- is not recorded).\n", shell.out());
        assertEquals(0, shell.run("list", "writer"));
        assertTrue(shell.out().startsWith("writer\n  jsonl  -  Writes\n"), shell.out());
        assertEquals(0, shell.run("list", "losses"));
        assertEquals(0, shell.run("list", "metric"));
        assertEquals("Nothing of this kind is installed.\n", shell.out());
        assertEquals(2, shell.run("list", "lass"));
        assertTrue(shell.err().contains("Kinds: augmenter, checkpoint, corpus, loss, metric, recipe"), shell.err());
        assertEquals(0, shell.run("list", "--json"));
        assertEquals(4, JsonParser.parseString(shell.out()).getAsJsonArray().size());
    }

    @Test
    void tellsHowAPartDidInItsContract() {
        assertEquals(0, shell.run("describe", "loss", "nt-xent"));
        assertTrue(shell.out().contains("\n  Contract: passed 17 checks of LossContract, testkit 1.2\n"), shell.out());
        assertEquals(0, shell.run("describe", "augmenter", "reverse"));
        assertTrue(shell.out().contains("\n  Contract: failed 2 of 9 checks of AugmenterContract, testkit 1.2\n"), shell.out());
        assertEquals(0, shell.run("describe", "writer", "jsonl"));
        assertTrue(shell.out().contains("\n  Contract: not recorded in this build of its bundle\n"), shell.out());
        assertEquals(0, shell.run("list", "loss", "--json"));
        JsonObject contract = JsonParser.parseString(shell.out()).getAsJsonArray().get(0).getAsJsonObject().getAsJsonObject("contract");
        assertEquals("{\"contract\":\"LossContract\",\"checks\":17,\"failed\":0,\"testkit\":\"1.2\"}", contract.toString());
        assertEquals(0, shell.run("describe", "writer", "jsonl", "--json"));
        assertFalse(shell.out().contains("contract"), shell.out());
    }

    @Test
    void printsTheSchemaOrWritesItWhole() throws IOException {
        assertEquals(0, shell.run("schema"));
        assertEquals("{}\n", shell.out());
        Path file = Files.writeString(home.resolve("recipe.schema.json"), "what stood there");
        assertEquals(0, shell.run("schema", "--out", file.toString()));
        assertEquals("{}\n", Files.readString(file));
        assertEquals("The schema of recipes is in " + file + "\n", shell.out());
        assertEquals(2, shell.run("schema", "--out", home.resolve("none/recipe.schema.json").toString()));
        assertTrue(shell.err().contains("there is no folder"), shell.err());
    }

    record Wide(
            @Doc("Which words count, in the order in which they are read, one after the other, until there are none left to read.")
                    @Default("[ a default that leaves no room for anything beside it, ] since it is wider than most terminals are, and than people read") String words) {}

    @Test
    void whatIsWiderThanTheTerminalIsSetBelow() {
        services.parts.add(new Part("loss", FakeServices.AnyLoss.class, "wide", "", "", "", "relata.loss", "1.0", Wide.class));
        assertEquals(0, shell.run("describe", "loss", "wide"), shell.err());
        int columns = Terminal.ofProcess().columns();
        assertTrue(shell.out().lines().allMatch(l -> l.length() <= columns), shell.out());
        String words = shell.out().replaceAll("\\s+", " ");
        assertTrue(words.contains("words: text, default [ a default that leaves") && words.contains("than people read Which words count"), words);
    }

    @Test
    void describesAPart() {
        assertEquals(0, shell.run("describe", "loss", "nt-xent"));
        assertTrue(shell.out().contains("  temperature  number  0.1      (0, inf)  Divides."), shell.out());
        assertTrue(shell.out().contains("  file         path    -        -"), shell.out());
        assertEquals(2, shell.run("describe", "loss", "triplet"));
        assertEquals("relata: no loss is called 'triplet'. Installed: nt-xent.\n", shell.err());
    }

    @Test
    void marksChangedAndGuardedWords() {
        assertEquals(0, shell.run("try", "augmenter", "reverse", "--input", input, "--n", "2"), shell.err());
        assertEquals("a  _A_ b c d _E_\n  1  _A_ [d] c [b] _E_\n  2  _A_ [d] c [b] _E_\n", shell.out());
        assertEquals(0, shell.run("try", "augmenter", "reverse", "--input", input, "--n", "1", "--json"));
        JsonObject view = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertEquals("[\"A\",\"d\",\"c\",\"b\",\"E\"]", view.get("tokens").toString());
        assertEquals("[0,4]", view.get("guarded").toString());
        assertEquals(2, shell.run("try", "augmenter", "reverse", "--input", input, "--n", "0"));
        assertEquals(2, shell.run("try", "augmenter", "reverse", "--input", "nowhere.jsonl"));
    }

    @Test
    void showsWhatAnEncoderReads() {
        for (String name : List.of("telling", "silent"))
            services.parts.add(new Part("encoder", FakeServices.AnyLoss.class, name, "Encodes", "", "", "relata.encode", "1.0", FakeServices.Nothing.class));
        String table = "example  pair  width  norm    cosine to the first\na        0     2      5.8310  1.0000\n";
        assertEquals(0, shell.run("try", "encoder", "telling", "--input", input), shell.err());
        assertEquals("a: A b c d E\n" + table, shell.out());
        assertEquals(0, shell.run("try", "encoder", "silent", "--input", input), shell.err());
        assertEquals(table, shell.out());
        assertEquals(0, shell.run("try", "encoder", "telling", "--input", input, "--json"), shell.err());
        assertEquals("{\"example\":\"a\",\"pair\":0,\"tokens\":[\"A\",\"b\",\"c\",\"d\",\"E\"],\"vector\":[3.0,5.0]}", shell.out().strip());
    }

    @Test
    void countsACorpus() {
        assertEquals(0, shell.run("corpus", "stats", "jsonl", "--json"), shell.err());
        JsonObject split = JsonParser.parseString(shell.out()).getAsJsonObject().getAsJsonObject("splits").getAsJsonObject("train");
        assertEquals(1, split.get("examples").getAsInt());
        assertEquals(5, split.getAsJsonObject("tokens").get("median").getAsInt());
        assertEquals("{\"other\":0,\"train\":1}", split.get("relations").toString());
        assertEquals("{\"(none)\":1,\"X\":1}", split.get("entityTypes").toString());
        assertEquals(0, shell.run("corpus", "stats", "jsonl"));
        assertTrue(shell.out().contains("relation train"), shell.out());
        assertEquals(2, shell.run("corpus", "stats", "jsonk"));
    }

    @Test
    void tellsHowFastACorpusIsRead() throws IOException {
        assertEquals(0, shell.run("corpus", "stats", "jsonl", "--time", "3"), shell.err());
        assertTrue(shell.out().lines().anyMatch(l -> l.matches("read in \\d+\\.\\d{3} s \\(median of 3; .*\\): \\d+ examples/s")), shell.out());
        assertEquals(0, shell.run("corpus", "stats", "jsonl", "--time", "2", "--json", "--with", "root=" + Files.writeString(home.resolve("five"), "12345")), shell.err());
        JsonObject timed = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertEquals(5, timed.get("bytes").getAsLong());
        assertEquals(2, timed.getAsJsonArray("seconds").size());
        Corpus corpus = ((CorpusReader) services.created.get("jsonl")).read();
        assertTrue(new ReadingSpeed(corpus, 0, List.of(4.0, 1.0, 2.0, 0.5)).words().startsWith("read in 1.500 s (median of 4; 0.500 to 4.000): "));
        for (String times : List.of("-1", "0")) {
            assertEquals(2, shell.run("corpus", "stats", "jsonl", "--time", times));
            assertTrue(shell.err().contains("--time was " + times + " but must be at least 1"), shell.err());
        }
    }

    @Test
    void convertsACorpus() throws IOException {
        Corpus given = ((CorpusReader) services.created.get("jsonl")).read();
        CorpusWriter writer = (corpus, folder, omissions) -> {
            omissions.leaveOut("train example 'a'", "types of entities", "'X' would come back as ''");
            omissions.leaveOut("train example 'b'", "types of entities", "'X' would come back as ''");
            return Map.of("negative", "no relation", "files", Map.of("train", "t.txt"));
        };
        Corpus back = new Corpus("back", new TreeMap<>(Map.of("train", List.of(example("a", "train"), example("b", "train")))), given.relations(), Optional.empty(), new TreeMap<>());
        services.created = Map.of("corpus jsonl", FakeServices.reader(given), "writer jsonl", writer);
        assertEquals(1, shell.run("corpus", "convert", "jsonl", "--to", "jsonl", "--out", home.resolve("out").toString()));
        assertTrue(shell.err().contains("train example 'a': the format cannot hold types of entities: 'X' would come back as ''; --lossy"), shell.err());
        int[] reads = new int[1];
        CorpusReader changing = () -> reads[0]++ == 0 ? given : back;
        services.created = Map.of("corpus jsonl", changing, "writer jsonl", writer);
        assertEquals(0, shell.run("corpus", "convert", "jsonl", "--to", "jsonl", "--out", "out", "--lossy"), shell.err());
        assertTrue(shell.out().contains("examples        1 -> 2"), shell.out());
        assertTrue(shell.out().contains("types of entities, 2 times, first: train example 'a': 'X'"), shell.out());
        assertTrue(shell.out().contains("Read it with: relata corpus stats jsonl --with root=out --with "), shell.out());
        assertTrue(shell.out().contains(" --with 'negative=\"no relation\"'") && shell.out().contains(" --with 'files={\"train\":\"t.txt\"}'"), shell.out());
        reads[0] = 0;
        assertEquals(0, shell.run("corpus", "convert", "jsonl", "--to", "jsonl", "--out", "out", "--lossy", "--json"), shell.err());
        assertEquals(2, JsonParser.parseString(shell.out()).getAsJsonObject().getAsJsonObject("lost").getAsJsonObject("types of entities").get("times").getAsInt());
        assertEquals(2, shell.run("corpus", "convert", "jsonl", "--to", "jsonk", "--out", "out"));
        assertEquals(2, shell.run("corpus", "convert", "jsonl", "--out", "out"));
    }

    @Test
    void readersAreToldTextsAsTexts() {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String text : List.of("plain-word", "/a/b.txt", "No", "null", "1e3", "1.0", "#x", "it's", "")) settings.put("k" + settings.size(), text);
        settings.put("n", 3);
        assertEquals("relata corpus stats r --with 'root=\"a b\"' --with k0=plain-word --with k1=/a/b.txt --with 'k2=\"No\"' --with 'k3=\"null\"' --with 'k4=\"1e3\"' --with 'k5=\"1.0\"'"
                + " --with 'k6=\"#x\"' --with 'k7=\"it'\\''s\"' --with 'k8=\"\"' --with n=3", Conversion.command("r", Path.of("a b"), settings));
    }

    @Test
    void checksACorpus() {
        assertEquals(0, shell.run("corpus", "check", "jsonl"), shell.out());
        TreeMap<String, List<Example>> splits = new TreeMap<>();
        splits.put("train", List.of(example("a", "train")));
        splits.put("test", List.of(example("a", "other"), example("b", "train")));
        splits.put("dev", List.of());
        Corpus bad = new Corpus("tiny", splits, List.of("other", "train"), Optional.empty(), new TreeMap<>());
        services.created = Map.of("jsonl", FakeServices.reader(bad));
        assertEquals(1, shell.run("corpus", "check", "jsonl", "--json"));
        JsonObject report = JsonParser.parseString(shell.out()).getAsJsonObject();
        JsonArray first = report.getAsJsonArray("first");
        assertFalse(report.get("ok").getAsBoolean());
        assertEquals("dev: holds no example", first.get(0).getAsString());
        assertEquals("train a: this id is in test already", first.get(1).getAsString());
        assertEquals("train a: the same text with the same pair is in test", first.get(2).getAsString());
        assertEquals("test a: the relation 'other' does not occur in train", first.get(3).getAsString());
        assertEquals(4, first.size());
        assertEquals(1, shell.run("corpus", "check", "jsonl", "--first", "1"));
        assertTrue(shell.out().contains("... and 3 more"), shell.out());
    }
}
