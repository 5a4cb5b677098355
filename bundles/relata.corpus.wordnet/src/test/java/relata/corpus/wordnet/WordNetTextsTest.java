package relata.corpus.wordnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.testkit.TestParts;

/** Not the contract of readers, each test of which would read WordNet again: there is no wrong input. */
class WordNetTextsTest {
    private static Corpus corpus;

    @BeforeAll
    static void readOnce() throws IOException {
        corpus = TestParts.of().create(new WordNetTexts(), Map.of()).read();
    }

    @Test
    void textsAreDefinitionsAndQuotedSentences() throws IOException {
        List<Example> texts = corpus.split("train");
        Map<String, Example> byId = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Example e : texts) {
            assertEquals(null, byId.put(e.id(), e));
            assertTrue(seen.add(e.passage().text()), e.passage().text());
            assertTrue(e.passage().entities().size() > 1 && e.passage().facts().isEmpty() && e.pairs().stream().allMatch(p -> p.relations().isEmpty()));
        }
        long quoted = texts.stream().filter(e -> e.id().contains("-")).count();
        String doc = Files.readString(Path.of("../../docs/corpora/wordnet.md")).replaceAll("\\s+", " ");
        String counts = String.format(Locale.ROOT, "%,d definitions and %,d quoted sentences", texts.size() - quoted, quoted);
        assertTrue(doc.contains(counts), counts);
        assertEquals(Set.of("n", "v", "a", "r"), new HashSet<>(texts.stream().map(e -> e.id().substring(0, 1)).toList()));
    }

    @Test
    void nounsHaveTheIdsOfTheLabelledCorpus() throws IOException {
        Map<String, Example> byText = new HashMap<>();
        for (Example e : corpus.split("train")) byText.put(e.passage().text(), e);
        for (Question q : WordNet.questions().subList(0, 5000)) {
            Example labelled = q.example();
            Example text = byText.get(labelled.passage().text());
            Set<Entity> nouns = new HashSet<>(text.passage().entities());
            List<String> ids = text.passage().entities().stream().map(Entity::id).toList();
            for (Pair p : labelled.pairs()) {
                assertTrue(ids.contains(labelled.passage().entities().get(p.head()).id()) && ids.contains(labelled.passage().entities().get(p.tail()).id()), labelled + " " + nouns);
            }
        }
    }
}
