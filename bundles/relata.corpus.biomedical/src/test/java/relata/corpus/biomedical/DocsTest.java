package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.testkit.TestParts;

/** What the documentation shows is read as it says. */
final class DocsTest {
    private static final Path DOCS = Path.of("..", "..", "docs", "formats");

    @TempDir
    Path folder;

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name + ".md"));
    }

    private static String xml(String name) throws IOException {
        Matcher block = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL).matcher(page(name));
        assertTrue(block.find(), name);
        return block.group(1);
    }

    private static String indented(String name) throws IOException {
        return page(name).lines().filter(l -> l.startsWith("    ")).map(l -> l.substring(4)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static <C extends Record> List<String> answers(ComponentProvider<CorpusReader, C> provider, Path root) throws IOException {
        Corpus corpus = TestParts.of().create(provider, Map.of("root", root)).read();
        return Fixture.answers(corpus, "all");
    }

    @Test
    void theExamplesAreRead() throws IOException {
        assertEquals(List.of("Left .. - acting blockers | warfarin | effect"), answers(new Ddi(), Fixture.of("a.xml", xml("ddi")).write(folder.resolve("ddi"))));
        assertEquals(List.of("alpha .. subunits | Abc1 | true"), answers(new Ppi(), Fixture.of("a.xml", xml("ppi")).write(folder.resolve("ppi"))));
        Fixture brat = Fixture.of("a.txt", "The left and right ventricle of the heart.", "a.ann", indented("brat"));
        assertEquals(List.of("left .. ventricle | the heart | PartOf"), answers(new Brat(), brat.write(folder.resolve("brat"))));
        assertEquals(List.of("Naloxone / Naloxone | renal failure | CID"), answers(new PubTator(), Fixture.of("a.txt", indented("pubtator")).write(folder.resolve("pubtator"))));
    }

    @Test
    void everySettingIsDocumentedAndNoOther() throws IOException {
        for (ComponentProvider<?, ?> provider : List.of(new ChemProt(), new Ddi(), new Ppi(), new Brat(), new BioC(), new PubTator())) {
            String name = provider.getClass().getAnnotation(ComponentName.class).value();
            List<String> settings = Arrays.stream(provider.configType().getRecordComponents()).map(c -> c.getName()).sorted().toList();
            List<String> documented = page(name).lines().filter(l -> l.startsWith("| `")).map(l -> l.substring(3, l.indexOf('`', 3))).sorted().toList();
            assertEquals(settings, documented, name);
        }
    }
}
