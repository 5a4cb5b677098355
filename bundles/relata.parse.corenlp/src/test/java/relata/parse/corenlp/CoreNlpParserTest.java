package relata.parse.corenlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.stanford.nlp.tagger.maxent.MaxentTagger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;
import relata.testkit.DependencyParserContract;
import relata.testkit.TestParts;
import relata.text.Masks;
import relata.text.ShortestPath;

class CoreNlpParserTest {
    @Nested
    class Plain implements DependencyParserContract<CoreNlpParser.Config> {
        @Override
        public ComponentProvider<DependencyParser, CoreNlpParser.Config> provider() {
            return new CoreNlpParser();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("cache", false);
        }
    }

    @Nested
    class Cached implements DependencyParserContract<CoreNlpParser.Config> {
        private final TestParts parts = TestParts.of();

        @Override
        public ComponentProvider<DependencyParser, CoreNlpParser.Config> provider() {
            return new CoreNlpParser();
        }

        @Override
        public TestParts parts() {
            return parts;
        }

        @Test
        void keepsItsParsesInTheCacheFolder() throws Exception {
            List<String> text = List.of("Bakers", "bake", ".");
            assertEquals(parse(String.join(" ", text)), part().parse(text));
            try (var files = Files.list(parts.cache().resolve("parses"))) {
                List<Path> all = files.toList();
                assertEquals(1, all.size(), all.toString());
                assertTrue(Files.size(all.get(0)) > 0);
            }
        }
    }

    private static DependencyGraph parse(String text) {
        return new CoreNlpParser().create(new CoreNlpParser.Config(false), TestParts.of()).parse(List.of(text.split(" ")));
    }

    @Test
    void parsesUniversalDependencies() {
        DependencyGraph graph = parse("The baker lends her knife to Anna . She smiles .");
        assertEquals(List.of(1, 2, -1, 4, 2, 6, 2, 2, 9, -1, 9), graph.heads());
        assertEquals(List.of("det", "nsubj", "root", "nmod:poss", "obj", "case", "obl", "punct", "nsubj", "root", "punct"), graph.labels());
        assertEquals(List.of("DT", "NN", "VBZ", "PRP$", "NN", "IN", "NNP", ".", "PRP", "VBZ", "."), graph.tags());
        assertEquals(List.of(0, 8), graph.sentences());
    }

    @Test
    void readsMasksAsTheNamesTheyStandFor() {
        // paths between the first two masks, as a reader would draw them
        Map.ofEntries(
                Map.entry("@PROTEIN$ inhibits the activity of @PROTEIN$ in vitro .", "@PROTEIN$ inhibits activity @PROTEIN$"),
                Map.entry("Concurrent use of @DRUG$ and @DRUG$ may increase the risk of bleeding .", "@DRUG$ @DRUG$"),
                Map.entry("The binding of @CHEMICAL$ to @GENE$ was confirmed by immunoprecipitation .", "@CHEMICAL$ binding @GENE$"),
                Map.entry("These data suggest that @PROTEIN$ is phosphorylated by @PROTEIN$ .", "@PROTEIN$ phosphorylated @PROTEIN$"),
                Map.entry("@CHEMICAL$ , a potent antagonist of @CHEM-GENE$ , was tested in rats .", "@CHEMICAL$ antagonist @CHEM-GENE$"),
                Map.entry("Co-administration of @DRUG$ decreased plasma levels of @DRUG$ by 30 % .", "@DRUG$ Co-administration decreased levels @DRUG$"),
                Map.entry("The @GENE$ receptor agonist reduced @GENE$ release .", "@GENE$ receptor agonist reduced release @GENE$"),
                Map.entry("Both @DRUG$ and @DRUG-DRUG$ bind to the same promoter .", "@DRUG$ @DRUG-DRUG$"),
                Map.entry("@DRUG$ should be used with caution in patients taking @DRUG$ .", "@DRUG$ used patients taking @DRUG$"))
                .forEach((text, path) -> assertEquals(path, path(text), text));
    }

    private static String path(String text) {
        List<String> tokens = List.of(text.split(" "));
        List<Integer> masks = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) if (Masks.isMask(tokens.get(i))) masks.add(i);
        return String.join(" ", ShortestPath.between(parse(text), Entity.of("h", "", masks.get(0), masks.get(0) + 1), Entity.of("t", "", masks.get(1), masks.get(1) + 1)).words(tokens));
    }

    @Test
    void keepsTokensThatASplitterThrowsAway() {
        assertEquals(5, parse("Yes *NL* <p> no *NL*").size());
        assertEquals(1, parse("*NL*").size());
        assertThrows(IllegalArgumentException.class, () -> new CoreNlpParser().create(new CoreNlpParser.Config(false), TestParts.of()).parse(List.of()));
    }

    @Test
    void itsVersionNamesTheLibrary() {
        String jar = MaxentTagger.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        assertTrue(jar.endsWith("stanford-" + CoreNlp.VERSION.split(" ")[0] + ".jar"), jar + " is not of version " + CoreNlp.VERSION);
    }

    @Test
    void loadsItsModelsInSilence(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Speak.class.getName()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals("heads [1, -1, 1]\n", Files.readString(out));
    }

    /** Parses in a process of its own. */
    static final class Speak {
        private Speak() {}

        public static void main(String[] args) {
            System.out.println("heads " + parse("Bakers bake .").heads());
        }
    }
}
