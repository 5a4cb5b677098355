package relata.corpus.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.PublishedData;
import relata.testkit.Wrong;

final class SemEvalTest implements CorpusReaderContract<SemEval.Config> {
    private static final String TRAIN = """
            1\t"The <e1>lid</e1> of the <e2>jar</e2> doesn't fit."
            Component-Whole(e1,e2)
            Comment: said "twice" in the text

            2\t"😀 A <e1>storm</e1>~ sank the<e2>fishing boat</e2>."
            Cause-Effect(e2,e1)
            Comment:

            3\t"She put a <e2>lamp</e2> near the <e1>door</e1>."
            Other

            """.replace('~', '\u2028');
    private static final String TEST = "4\t\"A \"<e1>choir</e1>\" of <e2>frogs</e2>\"\r\nMember-Collection(e2,e1)\r\nComment:\r\n\r\n";

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, SemEval.Config> provider() {
        return new SemEval();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("TRAIN_FILE.TXT"), TRAIN);
            Files.writeString(root.resolve("TEST_FILE_FULL.TXT"), TEST);
            Files.writeString(root.resolve("TEST_FILE.txt"), "4\t\"A \"<e1>choir</e1>\" of <e2>frogs</e2>\"\n");
            Files.writeString(root.resolve("README.txt"), "hello");
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> broken = new Wrong(folder, "TRAIN_FILE.TXT", TRAIN)
                .but(TRAIN, "", "is empty")
                .but("<e1>lid", "lid", "line 1", "no '<e1>'")
                .but("</e2> doesn't", "doesn't", "line 1", "no '</e2>'")
                .but("<e2>jar", "<e1>jar", "line 1", "more than one '<e1>'")
                .but("<e1>storm</e1>", "<e1></e1>", "line 5", "nothing between '<e1>' and '</e1>'")
                .but("<e1>storm</e1>", "<e1> </e1>", "line 5", "holds only space")
                .but("Cause-Effect(e2,e1)", "Cause-Effekt(e2,e1)", "line 6", "Cause-Effekt(e2,e1)", "Cause-Effect")
                .but("Cause-Effect(e2,e1)", "Cause-Effect", "line 6", "(e1,e2)")
                .but("Cause-Effect(e2,e1)\nComment:\n", "", "line 5", "no label")
                .but("Comment: said", "said", "line 3", "'Comment:'")
                .but("Comment:\n", "Comment:\nmore\n", "line 8", "a sentence was expected", "more")
                .but("3\t", "1\t", "line 9", "'1'", "TRAIN_FILE.TXT line 1")
                .but("2\t", "2 ", "line 5", "a sentence was expected")
                .but("doesn't fit.\"", "doesn't fit.", "line 1", "a sentence was expected")
                .all();
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("train.json"), "[]");
        broken.put("a folder with something else", new Broken(Map.of("root", other), other.toString(), "TRAIN_FILE.TXT", "train.json"));
        broken.put("a file that is not there", new Broken(Map.of("root", other, "files", Map.of("train", "mine.txt")), "mine.txt", "'train'"));
        Path latin = Files.write(folder.resolve("latin.txt"), TRAIN.replace("😀", "é").getBytes(StandardCharsets.ISO_8859_1));
        broken.put("Latin-1", new Broken(Map.of("root", latin), "latin.txt", "line 5", "not UTF-8", "0xE9"));
        return broken;
    }

    @Test
    void entitiesStandBetweenTags() throws IOException {
        Corpus corpus = part().read();
        Passage passage = new Passage("1", List.of("The", "lid", "of", "the", "jar", "does", "n't", "fit", "."), List.of(),
                List.of(Entity.of("e1", "", 1, 2), Entity.of("e2", "", 4, 5)), List.of(new Fact(0, 1, "Component-Whole(e1,e2)")));
        assertEquals(new Example("1", passage, List.of(new Pair(0, 1, List.of("Component-Whole(e1,e2)")))), corpus.split("train").get(0));
        Example glued = corpus.split("train").get(1);
        assertEquals(List.of("😀", "A", "storm", "sank", "the", "fishing", "boat", "."), glued.passage().tokens());
        assertEquals(Entity.of("e2", "", 5, 7), glued.tail(0));
        Example turned = corpus.split("train").get(2);
        assertEquals(Entity.of("e1", "", 6, 7), turned.head(0));
        assertEquals(List.of(), turned.passage().facts());
        assertEquals(List.of("A", "\"", "choir", "\"", "of", "frogs"), corpus.split("test").get(0).passage().tokens());
        assertEquals(List.of("TEST_FILE_FULL.TXT", "TRAIN_FILE.TXT"), List.copyOf(corpus.inputs().keySet()));
    }

    @Test
    void directionsAreLabelsOrNot() throws IOException {
        assertEquals(19, part().read().relations().size());
        Corpus corpus = parts().create(provider(), Map.of("root", settings().get("root"), "directed", false)).read();
        assertEquals(10, corpus.relations().size());
        assertEquals(List.of("Component-Whole", "Cause-Effect", "Other"), corpus.split("train").stream().map(e -> e.pairs().get(0).relations().get(0)).toList());
    }

    @Test
    void aFileWithoutAnswersIsForPrediction() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", Path.of(settings().get("root").toString(), "TEST_FILE.txt"))).read();
        assertEquals(List.of(new Pair(0, 1, List.of())), corpus.split("test").get(0).pairs());
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        int errors = Damage.check(root.resolve("TRAIN_FILE.TXT"), 1000, Pattern.compile(" line \\d+: |is empty|damaged or cut off"), reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
    }

    @Test
    void thePublishedFilesHaveThePublishedCounts() throws IOException {
        Path root = PublishedData.folder("semeval2010_task8");
        Corpus corpus = parts().create(provider(), Map.of("root", root)).read();
        Map<String, Integer> train = Count.labels(corpus, "train");
        assertEquals(new TreeMap<>(Map.ofEntries(Map.entry("Other", 1410), Map.entry("Entity-Destination(e1,e2)", 844), Map.entry("Cause-Effect(e2,e1)", 659), Map.entry("Member-Collection(e2,e1)", 612),
                Map.entry("Entity-Origin(e1,e2)", 568), Map.entry("Message-Topic(e1,e2)", 490), Map.entry("Component-Whole(e2,e1)", 471), Map.entry("Component-Whole(e1,e2)", 470),
                Map.entry("Instrument-Agency(e2,e1)", 407), Map.entry("Product-Producer(e2,e1)", 393), Map.entry("Content-Container(e1,e2)", 374), Map.entry("Cause-Effect(e1,e2)", 345),
                Map.entry("Product-Producer(e1,e2)", 323), Map.entry("Content-Container(e2,e1)", 166), Map.entry("Entity-Origin(e2,e1)", 148), Map.entry("Message-Topic(e2,e1)", 144),
                Map.entry("Instrument-Agency(e1,e2)", 97), Map.entry("Member-Collection(e1,e2)", 78), Map.entry("Entity-Destination(e2,e1)", 1))), train);
        assertEquals(8000, corpus.split("train").size());
        assertEquals(2717, corpus.split("test").size());
        Map<String, Integer> test = Count.labels(corpus, "test");
        assertEquals(19, test.size());
        assertEquals(List.of(454, 291, 211, 1), List.of(test.get("Other"), test.get("Entity-Destination(e1,e2)"), test.get("Entity-Origin(e1,e2)"), test.get("Entity-Destination(e2,e1)")));
    }
}
