package relata.parse.conllu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;
import relata.testkit.DependencyParserContract;
import relata.testkit.FakeParser;
import relata.testkit.TestParts;

class ConlluParserTest implements DependencyParserContract<ConlluParser.Config> {
    private static final String DOGS = """
            # sent_id = 1
            1-2\tDogs'n\t_\t_\t_\t_\t_\t_\t_\t_
            1\tDogs\tdog\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
            2\tbark\tbark\tVERB\t_\t_\t0\troot\t_\t_
            2.1\tthey\t_\t_\t_\t_\t_\t_\t2:conj\t_
            3\t.\t.\tPUNCT\t_\t_\t2\t_\t_\t_
            """;
    private static final String CATS = "1\tCats\tcat\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tsleep\tsleep\tVERB\t_\t_\t0\troot\t_\t_\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeTheTextsOfTheContract() throws IOException {
        StringBuilder conllu = new StringBuilder();
        for (List<String> text : texts()) {
            DependencyGraph graph = FakeParser.parse(text);
            for (int i = 0, start = 0; i < text.size(); i++) {
                if (graph.sentences().contains(i)) {
                    conllu.append('\n');
                    start = i;
                }
                int head = graph.heads().get(i) < 0 ? 0 : graph.heads().get(i) - start + 1;
                conllu.append(String.join("\t", "" + (i - start + 1), text.get(i), "_", "X", graph.tags().get(i), "_", "" + head, graph.labels().get(i), "_", "_")).append('\n');
            }
        }
        Files.writeString(Files.createDirectories(folder.resolve("contract")).resolve("texts.conllu"), conllu);
    }

    @Override
    public ComponentProvider<DependencyParser, ConlluParser.Config> provider() {
        return new ConlluParser();
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("root", folder.resolve("contract"));
    }

    private DependencyParser parser(Path root) {
        return provider().create(new ConlluParser.Config(root), TestParts.of());
    }

    private DependencyParser parser(String conllu) throws IOException {
        return parser(Files.writeString(folder.resolve("x.conllu"), conllu));
    }

    @Test
    void givesTheParsesOfTheContractsTexts() {
        for (List<String> text : texts()) assertEquals(FakeParser.parse(text), part().parse(text));
    }

    @Test
    void takesWordsHeadsLabelsAndTags() throws IOException {
        for (String conllu : List.of(DOGS, "\uFEFF" + DOGS.replace("\n", "\r\n"), "\n\n" + DOGS + "\n\n")) {
            DependencyGraph graph = parser(conllu).parse(List.of("Dogs", "bark", "."));
            assertEquals(new DependencyGraph(List.of(1, -1, 1), List.of("nsubj", "root", "dep"), List.of("NNS", "VB", ""), List.of(0)), graph);
        }
    }

    @Test
    void putsSentencesTogether() throws IOException {
        DependencyGraph graph = parser(DOGS + "\n" + CATS).parse(List.of("Cats", "sleep", "Dogs", "bark", ".", "Cats", "sleep"));
        assertEquals(List.of(1, -1, 3, -1, 3, 6, -1), graph.heads());
        assertEquals(List.of(0, 2, 5), graph.sentences());
    }

    @Test
    void takesLongSentencesFirstUnlessTheRestIsLost() throws IOException {
        String ab = "1\ta\t_\t_\t_\t_\t2\tx\t_\t_\n2\tb\t_\t_\t_\t_\t0\troot\t_\t_\n\n";
        String abc = ab.strip() + "\n3\tc\t_\t_\t_\t_\t2\ty\t_\t_\n\n";
        String cd = ab.replace("\ta\t", "\tc\t").replace("\tb\t", "\td\t");
        String c = "1\tc\t_\t_\t_\t_\t0\troot\t_\t_\n\n";
        DependencyParser parser = parser(ab + abc + cd + c);
        assertEquals(List.of(0), parser.parse(List.of("a", "b", "c")).sentences());
        assertEquals(List.of(0, 2), parser.parse(List.of("a", "b", "c", "d")).sentences());
        assertEquals(List.of(0, 3), parser.parse(List.of("a", "b", "c", "c", "d")).sentences());
    }

    @Test
    void ofTheSameSentenceTheFirstCounts() throws IOException {
        Files.writeString(folder.resolve("b.conllu"), CATS.replace("nsubj", "second"));
        Files.writeString(Files.createDirectories(folder.resolve("a")).resolve("x.conllu"), CATS.replace("nsubj", "first") + "\n" + CATS);
        Files.writeString(folder.resolve("notes.txt"), "not to be read");
        Files.delete(folder.resolve("contract").resolve("texts.conllu"));
        assertEquals("first", parser(folder).parse(List.of("Cats", "sleep")).labels().get(0));
    }

    @Test
    void itsVersionIsThatOfTheFiles() throws IOException {
        String version = parser(DOGS).version();
        assertEquals(version, parser(DOGS).version());
        assertNotEquals(version, parser(CATS).version());
    }

    @Test
    void namesTheTextThatIsMissing() throws IOException {
        List<String> text = new ArrayList<>(List.of("Dogs", "bark", ".", "Birds"));
        for (int i = 1; i < 20; i++) text.add("w" + i);
        DependencyParser parser = parser(DOGS);
        String message = assertThrows(IllegalStateException.class, () -> parser.parse(text)).getMessage();
        assertTrue(message.contains("\"Birds w1 w2 w3 w4 w5 w6 w7 ...\" (from token 3 of a text)") && message.contains("x.conllu"), message);
        message = assertThrows(IllegalStateException.class, () -> parser.parse(List.of("Dogs", "bark"))).getMessage();
        assertTrue(message.contains("\"Dogs bark\".") && message.contains("x.conllu"), message);
    }

    @Test
    void saysWhereAFileIsWrong() throws IOException {
        assertWrong(DOGS.replace("\tnsubj\t_\t_", "\tnsubj\t_"), "x.conllu line 3: has 9 columns");
        assertWrong(DOGS.replace("3\t.", "4\t."), "line 6: the word's number is '4', but 3 is next");
        assertWrong(DOGS.replace("3\t.\t.", "3\t\t."), "line 6: the word (column 2) is missing");
        assertWrong(DOGS.replace("\t2\tnsubj", "\t_\tnsubj"), "line 3: the head (column 7) is '_'");
        assertWrong(DOGS.replace("\t2\tnsubj", "\t-1\tnsubj"), "line 3: the head (column 7) is '-1'");
        assertWrong(DOGS.replace("\t2\tnsubj", "\t4\tnsubj"), "line 3: the head (column 7) is 4, but the sentence has 3 words");
        assertWrong(DOGS.replace("\t2\tnsubj", "\t1\tnsubj"), "line 3: the head (column 7) is 1, the word itself");
        assertWrong(DOGS.replace("\t2\tnsubj", "\t0\tnsubj"), "line 4: is a second root (head 0) beside line 3");
        assertWrong(DOGS.replace("\t0\troot", "\t3\troot"), "line 3: begins a sentence without a root");
        assertWrong(CATS + "\n" + DOGS.replace("\t2\tnsubj", "\t3\tnsubj").replace("\t2\t_\t_\t_", "\t1\t_\t_\t_"), "line 6: hangs in a circle");
        Files.write(folder.resolve("x.conllu"), "1\t\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(UncheckedIOException.class, () -> parser(folder.resolve("x.conllu")).version()).getMessage().contains("x.conllu: is not UTF-8"));
    }

    private void assertWrong(String conllu, String expected) throws IOException {
        DependencyParser parser = parser(conllu);
        String message = assertThrows(UncheckedIOException.class, () -> parser.parse(List.of("Cats"))).getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void saysThatThereIsNoFile() throws IOException {
        String message = assertThrows(IllegalArgumentException.class, () -> parser(folder.resolve("none"))).getMessage();
        assertTrue(message.contains("none"), message);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        message = assertThrows(UncheckedIOException.class, () -> parser(empty).version()).getMessage();
        assertTrue(message.contains("has no file that ends in .conllu"), message);
    }
}
