package relata.corpus.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.PublishedData;
import relata.testkit.Wrong;

final class FewRelTest implements CorpusReaderContract<FewRel.Config> {
    private static final String TRAIN = """
            {"P1": [{"tokens": ["Old", "Mill", "is", "a", "mill", "in", "Tarn", ";", "Old", "Mill", "burnt", "."], "h": ["old mill", "Q1", [[8, 9], [0, 1]]], "t": ["tarn", "Q2", [[6]]]}],
             "P2": [{"tokens": ["Bo", " ", "knows", "a", "big", "old", "dog", "."], "h": ["bo", "Q3", [[0]]], "t": ["big dog", "Q4", [[4, 6]]]},
                    {"tokens": ["Bo", "knows", "Bo"], "h": ["bo", "Q3", [[0]]], "t": ["bo", "Q3", [[2]]]}]}
            """;

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, FewRel.Config> provider() {
        return new FewRel();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("train_own.json"), TRAIN);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(root.resolve("val_own.json.gz")))) {
                out.write(TRAIN.replace("\"P1\"", "\"P3\"").replace("\"P2\"", "\"P4\"").getBytes(StandardCharsets.UTF_8));
            }
            Files.writeString(root.resolve("pid2name.json"), "{\"P1\": [\"stands in\", \"where it is\"], \"P3\": [\"is in\", \"\"]}");
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> broken = new Wrong(folder, "train_own.json", TRAIN)
                .but("[[6]]", "[[7]]", "line 1", "P1[0]", "t[2][0] is 'tarn'", "stands ';'", "tokens 6 to 7")
                .but("[[6]]", "[[12]]", "line 1", "P1[0]", "12 to 13", "12 tokens")
                .but("[[6]]", "[[]]", "line 1", "P1[0]", "without tokens")
                .but("[[6]]", "[]", "line 1", "P1[0]", "no mentions")
                .but("[[6]]", "[6]", "line 1", "P1[0].t[2][0]", "an array")
                .but("[[6]]", "[[6]], 1", "line 1", "P1[0].t[3]", "one too many")
                .but(", [[6]]", "", "line 1", "P1[0].t", "2 parts")
                .but("[4, 6]", "[6, 4]", "line 2", "P2[0]", "[6, 4]", "ascend")
                .but("[4, 6]", "[-4]", "line 2", "P2[0]", "[-4]")
                .but("[4, 6]", "[1]", "line 2", "P2[0]", "only space")
                .but("\"tokens\": [\"Bo\", \"knows\"", "\"words\": [\"Bo\", \"knows\"", "line 3", "P2[1]", "no 'tokens'", "words")
                .but("\"P2\"", "\"P1\"", "line 2", "'P1'", "twice")
                .but("\"P2\"", "\"\"", "line 2", "no name")
                .file("[]", Map.of(), "line 1", "an object")
                .file("{}", Map.of(), "line 1", "no sentences")
                .file(TRAIN.substring(0, 300), Map.of(), "line 2", "cut off")
                .all();
        Path same = Files.createDirectories(folder.resolve("same"));
        Files.writeString(same.resolve("train.json"), TRAIN);
        Files.writeString(same.resolve("dev.json"), TRAIN);
        broken.put("a relation in two splits", new Broken(Map.of("root", same), "train.json", "line 1", "P1", "dev.json line 1", "disjoint"));
        broken.put("no names", new Broken(Map.of("root", same, "names", "name"), "pid2name.json", "does not exist"));
        return broken;
    }

    @Test
    void entitiesHaveSeveralMentionsAndPieces() throws IOException {
        Corpus corpus = part().read();
        Example first = corpus.split("train").get(0);
        assertEquals("train_own:P1[0]", first.id());
        assertEquals(new Entity("Q1", "", List.of(Mention.of(0, 2), Mention.of(8, 10))), first.head(0));
        Example second = corpus.split("train").get(1);
        assertEquals(List.of("Bo", "knows", "a", "big", "old", "dog", "."), second.passage().tokens());
        assertEquals(List.of(new Mention(List.of(new Span(3, 4), new Span(5, 6)))), second.tail(0).mentions());
        assertEquals("Q3#2", corpus.split("train").get(2).tail(0).id());
        assertEquals(List.of("P1", "P2", "P3", "P4"), corpus.relations());
        assertEquals(3, corpus.split("dev").size());
    }

    @Test
    void relationsMayHaveNames() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", settings().get("root"), "names", "name")).read();
        assertEquals(List.of("P2", "P4", "is in", "stands in"), corpus.relations());
        assertEquals(3, corpus.inputs().size());
    }

    @Test
    void aThousandDamagedFilesAndAThousandZippedOnes() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        Pattern place = Pattern.compile(" line \\d+: |is empty|damaged or cut off");
        int errors = Damage.check(root.resolve("train_own.json"), 1000, place, reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
        int zipped = Damage.check(root.resolve("val_own.json.gz"), 1000, place, parts().create(provider(), Map.of("root", root.resolve("val_own.json.gz")))::read);
        assertTrue(zipped > 900, "most damage must show, but only " + zipped + " did");
    }

    @Test
    void thePublishedFilesHaveThePublishedCounts() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", PublishedData.folder("fewrel"))).read();
        assertEquals(11_200, corpus.split("dev").size());
        assertEquals(19_754, corpus.split("train").size());
        Map<String, Integer> dev = Count.labels(corpus, "dev");
        assertEquals(16, dev.size());
        assertEquals(Set.of(700), new HashSet<>(dev.values()));
        Map<String, Integer> train = Count.labels(corpus, "train");
        assertEquals(64, train.size());
        assertEquals(List.of(275, 482), List.of(new TreeSet<>(train.values()).first(), new TreeSet<>(train.values()).last()));
    }
}
