package relata.corpus.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.PublishedData;
import relata.testkit.Wrong;

final class ChemProtSciBertTest implements CorpusReaderContract<ChemProtSciBert.Config> {
    private static final String TRAIN = """
            {"text": "The << kinase A >> is blocked by compound ([[ X-12 ]], 5 mg).", "label": "INHIBITOR", "metadata": []}
            {"text": "[[ β-blockers ]] bind << R2 >> more (IC50 >> 3 nM).", "label": "ANTAGONIST", "metadata": []}
            """;

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, ChemProtSciBert.Config> provider() {
        return new ChemProtSciBert();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("train.txt"), TRAIN);
            Files.writeString(root.resolve("test.txt"), TRAIN);
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        return new Wrong(folder, "train.txt", TRAIN)
                .but("<< kinase", "kinase", "line 1", "no '<<'")
                .but(" ]],", ",", "line 1", "no ']]' behind '[['")
                .but("The", "<< The", "line 1", "more than one '<<'")
                .but("[[ X-12 ]]", "[[  ]]", "line 1", "nothing between")
                .but("\"label\": \"ANTAGONIST\", ", "", "line 2", "no label")
                .but("\"text\"", "\"txt\"", "line 1", "no 'text'", "txt")
                .but("\"INHIBITOR\"", "7", "line 1", "label", "a text")
                .but("\"INHIBITOR\"", "\" \"", "line 1", "label", "empty")
                .file("", Map.of(), "is empty")
                .file(TRAIN.substring(0, TRAIN.length() - 10), Map.of(), "line 2", "cut off")
                .file(TRAIN, Map.of("negative", "false"), "'false'", "ANTAGONIST, INHIBITOR")
                .all();
    }

    @Test
    void theMarksAreCutOutAndEntitiesStandWhereTheyStood() throws IOException {
        Corpus corpus = part().read();
        Example first = corpus.split("train").get(0);
        assertEquals(List.of("The", "kinase", "A", "is", "blocked", "by", "compound", "(", "X-12", ",", "5", "mg", ")", "."), first.passage().tokens());
        assertEquals(List.of(Entity.of("e1", "", 1, 3), Entity.of("e2", "", 8, 9)), first.passage().entities());
        Example second = corpus.split("train").get(1);
        assertEquals(Entity.of("e1", "", 2, 3), second.head(0));
        assertEquals(List.of("R2"), second.passage().tokens().subList(2, 3));
        assertTrue(second.passage().text().contains("IC50 > > 3"), second.passage().text());
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        int errors = Damage.check(root.resolve("train.txt"), 1000, Pattern.compile(" line \\d+: |is empty|damaged or cut off"), reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
    }

    @Test
    void thePublishedFilesHaveThePublishedCounts() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", PublishedData.folder("chemprot").resolve("scibert13"))).read();
        assertEquals(List.of(4169, 2427, 3469), List.of(corpus.split("train").size(), corpus.split("dev").size(), corpus.split("test").size()));
        assertEquals(13, corpus.relations().size());
        assertEquals(new TreeMap<>(Map.ofEntries(Map.entry("INHIBITOR", 1642), Map.entry("INDIRECT-DOWNREGULATOR", 487), Map.entry("SUBSTRATE", 480), Map.entry("INDIRECT-UPREGULATOR", 387),
                Map.entry("ACTIVATOR", 323), Map.entry("ANTAGONIST", 235), Map.entry("PRODUCT-OF", 233), Map.entry("AGONIST", 156), Map.entry("DOWNREGULATOR", 131), Map.entry("UPREGULATOR", 67),
                Map.entry("SUBSTRATE_PRODUCT-OF", 14), Map.entry("AGONIST-ACTIVATOR", 10), Map.entry("AGONIST-INHIBITOR", 4))), Count.labels(corpus, "train"));
        assertEquals(812, Count.labels(corpus, "dev").get("INHIBITOR"));
        assertEquals(1255, Count.labels(corpus, "test").get("INHIBITOR"));
    }
}
