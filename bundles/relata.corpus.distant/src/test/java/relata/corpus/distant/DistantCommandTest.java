package relata.corpus.distant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentServiceObjects;
import picocli.CommandLine;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;
import relata.api.run.Command;
import relata.api.run.Recipes;
import relata.api.run.Workbench;
import relata.corpus.jsonl.JsonlReader;
import relata.testkit.CommandContract;
import relata.testkit.TestParts;

/** The command as docs/distant-supervision.md shows it. */
class DistantCommandTest extends CommandContract {
    private static final Path PAGE = Path.of("../../docs/distant-supervision.md");
    private static final TestParts PARTS = TestParts.of(new Distant(), new JsonlReader());

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void filesOfThePage() throws IOException {
        Files.writeString(folder.resolve("sentences.jsonl"), block("jsonl sentences"));
        Files.writeString(folder.resolve("triples.tsv"), block("tsv triples"));
        Files.writeString(folder.resolve("test.jsonl"), block("jsonl test"));
    }

    @Override
    protected Command command() {
        return new DistantCommand(service(Recipes.class, DistantCommandTest::part), service(Workbench.class, arguments -> PARTS.create((Ref<?>) arguments[0])));
    }

    @Override
    protected List<List<String>> refused() {
        return List.of(List.of("sentences.jsonl"), List.of("sentences.jsonl", "--out", "no/such/folder/train.jsonl"), List.of("sentences.jsonl", "--out", "src"));
    }

    private static String block(String info) throws IOException {
        Matcher block = Pattern.compile("```" + info + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertTrue(block.find(), info);
        return block.group(1);
    }

    private int run(String... words) {
        CommandLine line = new CommandLine(command());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).setExecutionExceptionHandler((e, l, parsed) -> {
            l.getErr().println(e.getMessage());
            return 1;
        });
        return line.execute(words);
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** A service all of whose methods give one answer. */
    private static <T> ComponentServiceObjects<T> service(Class<T> type, Answer answer) {
        Object service = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer.to(arguments));
        Object objects = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {ComponentServiceObjects.class}, (self, method, arguments) -> service);
        @SuppressWarnings("unchecked")
        ComponentServiceObjects<T> known = (ComponentServiceObjects<T>) objects;
        return known;
    }

    private static Ref<?> part(Object[] arguments) {
        Map<String, Object> settings = new LinkedHashMap<>();
        ((Map<?, ?>) arguments[2]).forEach((key, yaml) -> settings.put(key.toString(), yaml.toString().startsWith("\"") ? new Gson().fromJson(yaml.toString(), String.class) : yaml));
        return PARTS.ref(CorpusReader.class, arguments[1].toString(), settings);
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    @Test
    void thePageShowsWhatIsPrinted() throws IOException {
        assertEquals(0, run(at("sentences.jsonl"), "--triples", at("triples.tsv"), "--exclude", at("test.jsonl"), "--negative", "none", "--ratio", "0.4", "--out", at("train.jsonl")), err.toString());
        assertEquals(block("text output"), out.toString().replace(folder + "/", ""));
        List<String> ids = PARTS.create(new JsonlReader(), Map.of("root", folder.resolve("train.jsonl"), "negative", "none")).read().split("all").stream().map(e -> e.id()).toList();
        assertTrue(ids.size() == 4 && ids.containsAll(List.of("a#0-1", "b#1-0", "b#1-2")), ids.toString());
        assertTrue(Files.readString(folder.resolve("train.jsonl.audit.json")).contains("\"exclude[0]/test.jsonl\""));
    }

    @Test
    void printsTheAuditAsJson() {
        assertEquals(0, run(at("sentences.jsonl"), "--triples", at("triples.tsv"), "--fewest", "2", "--json", "--out", at("train.jsonl")), err.toString());
        Audit audit = new Gson().fromJson(out.toString(), Audit.class);
        assertEquals(List.of(2L, 2L, 0L), List.of(audit.examples, audit.rare, audit.negatives));
    }

    @Test
    void whatCannotBeWrittenIsSaidBeforeAnythingIsRead() {
        assertEquals(2, run("absent.jsonl", "--triples", "absent.tsv", "--out", folder.toString()));
        assertTrue(err.toString().contains("is a folder; name a file"), err.toString());
        assertEquals(2, run("absent.jsonl", "--triples", "absent.tsv", "--out", at("no/such/out.jsonl")));
        assertTrue(err.toString().contains("there is no folder"), err.toString());
    }

    @Test
    void nothingThatIsThereIsReplaced() throws IOException {
        for (String input : List.of("sentences.jsonl", "triples.tsv", "test.jsonl")) {
            String before = Files.readString(folder.resolve(input));
            assertEquals(2, run(at("sentences.jsonl"), "--triples", at("triples.tsv"), "--exclude", at("test.jsonl"), "--out", at(input)));
            assertTrue(err.toString().contains("--out " + at(input) + ": " + at(input) + " is there already and is not replaced"), err.toString());
            assertEquals(before, Files.readString(folder.resolve(input)));
        }
        Files.writeString(folder.resolve("train.jsonl.audit.json"), "{}");
        assertEquals(2, run(at("sentences.jsonl"), "--triples", at("triples.tsv"), "--out", at("train.jsonl")));
        assertTrue(err.toString().contains("train.jsonl.audit.json is there already"), err.toString());
        assertEquals("{}", Files.readString(folder.resolve("train.jsonl.audit.json")));
        assertFalse(Files.exists(folder.resolve("train.jsonl")));
    }

    @Test
    void aMistakeInTheDataLeavesNoFile() throws IOException {
        Files.writeString(folder.resolve("triples.tsv"), "Q1\tborn in\tQ2\nQ1 born in Q2\n");
        assertEquals(1, run(at("sentences.jsonl"), "--triples", at("triples.tsv"), "--out", at("train.jsonl")));
        assertTrue(err.toString().contains("triples.tsv line 2: has 1 field, but"), err.toString());
        assertFalse(Files.exists(folder.resolve("train.jsonl")) || Files.exists(folder.resolve("train.jsonl.audit.json")));
    }
}
