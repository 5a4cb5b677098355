package relata.corpus.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.PublishedData;
import relata.testkit.Wrong;

final class OpenNreTest implements CorpusReaderContract<OpenNre.Config> {
    private static final String TRAIN = """
            {"token": ["The", "Old", "Mill", "stands", "in", "Tarn", "."], "h": {"name": "old mill", "id": "Q1", "pos": [1, 3]}, "t": {"name": "tarn", "id": "Q2", "pos": [5, 6]}, "relation": "location"}
            {"text": "😀 Tarn's mayor, Ada.", "h": {"name": "Ada", "id": "/m/7", "pos": [16, 19]}, "t": {"name": "Tarn", "id": "Q2", "pos": [2, 6]}, "relation": "NA"}
            """;

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, OpenNre.Config> provider() {
        return new OpenNre();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("my_train.txt"), TRAIN);
            Files.writeString(root.resolve("my_val.txt"), TRAIN);
            Files.writeString(root.resolve("my_rel2id.json"), "{}");
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        return new Wrong(folder, "my_train.txt", TRAIN)
                .but("[1, 3]", "[0, 2]", "line 1", "h is 'old mill'", "'The Old'", "it stands at tokens 1 to 3")
                .but("[16, 19]", "[17, 20]", "line 2", "h is 'Ada'", "it stands at characters 16 to 19")
                .but("[16, 19]", "[16, 99]", "line 2", "16 to 99", "20 characters")
                .but("[5, 6]", "[5]", "line 1", "t.pos", "[start, end]")
                .but("[5, 6]", "[6, 6]", "line 1", "t goes from 6 to 6")
                .but("\"token\"", "\"tokens\"", "line 1", "neither 'token' nor 'text'")
                .but("\"token\"", "\"text\": \"a\", \"token\"", "line 1", "both")
                .but("\"h\"", "\"head\"", "line 1", "no 'h'", "head")
                .but(", \"pos\": [1, 3]", "", "line 1", "h has no 'pos'")
                .but(", \"relation\": \"NA\"", "", "line 2", "no label")
                .but("\"location\"", "\"Other\"", "NA and Other", "'negative'")
                .file("", Map.of(), "is empty")
                .file("{'token': ['a']}", Map.of(), "line 1", "no valid JSON")
                .all();
    }

    @Test
    void tokensOrTextWithCharacters() throws IOException {
        Corpus corpus = part().read();
        Example tokens = corpus.split("train").get(0);
        assertEquals(List.of(Entity.of("Q1", "", 1, 3), Entity.of("Q2", "", 5, 6)), tokens.passage().entities());
        assertEquals(List.of(new Fact(0, 1, "location")), tokens.passage().facts());
        Example text = corpus.split("dev").get(1);
        assertEquals(List.of("😀", "Tarn", "'s", "mayor", ",", "Ada", "."), text.passage().tokens());
        assertEquals(List.of(Entity.of("/m/7", "", 5, 6), Entity.of("Q2", "", 1, 2)), text.passage().entities());
        assertEquals(List.of(), text.passage().facts());
        assertEquals(Optional.of("NA"), corpus.negative());
    }

    @Test
    void whatMeansNoRelationMayBeSaid() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", settings().get("root"), "negative", "location")).read();
        assertEquals(Optional.of("location"), corpus.negative());
        assertEquals(List.of(new Fact(0, 1, "NA")), corpus.split("train").get(1).passage().facts());
    }

    @Test
    void aThingMayBeRelatedToItself() throws IOException {
        Path file = Files.writeString(folder.resolve("self.txt"), TRAIN.replace("Q1", "Q2"));
        assertEquals(List.of("Q2", "Q2#2"), parts().create(provider(), Map.of("root", file)).read().split("self").get(0).passage().entities().stream().map(Entity::id).toList());
    }

    @Test
    void aFewWrongNamesAreToleratedIfTheSettingsSaySo() throws IOException {
        Path file = Files.writeString(folder.resolve("names.txt"), TRAIN.replace("\"tarn\"", "\"torn\""));
        assertEquals(2, parts().create(provider(), Map.of("root", file, "mismatches", 0.25)).read().split("names").size());
        assertTrue(assertThrows(CorpusException.class, () -> parts().create(provider(), Map.of("root", file, "mismatches", 0.2)).read()).getMessage().contains("line 1: t is 'torn'"));
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        int errors = Damage.check(root.resolve("my_train.txt"), 1000, Pattern.compile(" line \\d+: |is empty|damaged or cut off"), reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
    }

    @Test
    void thePublishedFilesHaveThePublishedCounts() throws IOException {
        Path root = PublishedData.folder("semeval2010_task8");
        Corpus corpus = parts().create(provider(), Map.of("root", root, "files", Map.of("train", "recn_train.txt", "dev", "recn_dev.txt", "test", "recn_test.txt", "tenth", "recn_train_0.1.txt",
                "hundredth", "recn_train_0.01.txt"))).read();
        assertEquals(List.of(6507, 1493, 2717, 660, 73), List.of(corpus.split("train").size(), corpus.split("dev").size(), corpus.split("test").size(), corpus.split("tenth").size(), corpus.split("hundredth").size()));
        assertEquals(19, corpus.relations().size());
        assertEquals(Optional.of("Other"), corpus.negative());
        assertEquals(1, Count.labels(corpus, "dev").get("Entity-Destination(e2,e1)"));
    }
}
