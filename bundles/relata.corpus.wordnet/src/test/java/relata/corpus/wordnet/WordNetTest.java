package relata.corpus.wordnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.testkit.CorpusReaderContract;

class WordNetTest implements CorpusReaderContract<WordNet.Config> {
    private static List<Question> questions;
    private static Corpus corpus;

    @BeforeAll
    static void readOnce() throws IOException {
        questions = WordNet.questions();
        corpus = read(3000, Optional.empty());
    }

    /** From what was read once: WordNet takes seconds. That it is read the same again is tested on its own. */
    private static Corpus read(int cap, Optional<Integer> size) throws IOException {
        return WordNet.corpus(questions, new WordNet.Config(cap, size));
    }

    @Override
    public WordNet provider() {
        return new WordNet();
    }

    @Override
    public CorpusReader part() {
        return () -> read(3000, Optional.of(2000));
    }

    @Override
    public Map<String, Broken> broken() {
        return Map.of("a size that cannot hold all labels", new Broken(Map.of("size", 20), "wordnet", "size was 20", "at least 33"));
    }

    @Test
    void wordNetIsReadTheSameAgain() throws IOException {
        assertEquals(corpus, parts().create(provider(), Map.of()).read());
    }

    private static String label(Example e) {
        assertEquals(1, e.pairs().size());
        assertEquals(1, e.pairs().get(0).relations().size());
        return e.pairs().get(0).relations().get(0);
    }

    private static Map<String, Long> counts(List<Example> examples) {
        return examples.stream().collect(Collectors.groupingBy(WordNetTest::label, TreeMap::new, Collectors.counting()));
    }

    @Test
    void theDocumentedCountsAreTheCounts() throws IOException {
        Map<String, Long> available = questions.stream().collect(Collectors.groupingBy(Question::label, TreeMap::new, Collectors.counting()));
        Map<String, List<Long>> expected = new TreeMap<>();
        for (String label : corpus.relations())
            expected.put(label, List.of(available.get(label), counts(corpus.split("train")).get(label), counts(corpus.split("dev")).get(label), counts(corpus.split("test")).get(label)));
        expected.put("all", List.of(available.values().stream().mapToLong(n -> n).sum(), (long) corpus.split("train").size(), (long) corpus.split("dev").size(), (long) corpus.split("test").size()));
        Map<String, List<Long>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../../docs/corpora/wordnet.md"))) {
            List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (cells.size() == 7 && cells.get(3).matches("[0-9,]+"))
                documented.put(cells.get(1), cells.subList(3, 7).stream().map(n -> Long.parseLong(n.replace(",", ""))).toList());
        }
        assertEquals(expected, documented);
        assertTrue(corpus.relations().size() >= 9);
        assertTrue(corpus.splits().values().stream().mapToInt(List::size).sum() >= 10_000);
    }

    @Test
    void noTextNoDefinitionAndNoSynsetIsInTwoSplits() {
        Map<String, String> owner = new HashMap<>();
        Set<String> ids = new HashSet<>();
        corpus.splits().forEach((split, examples) -> {
            for (Example e : examples) {
                assertTrue(ids.add(e.id()), e.id());
                String synset = e.id().substring(0, 9);
                String text = e.passage().text();
                for (String key : List.of("synset " + synset, "text " + text, "definition " + text.substring(text.indexOf(" : "))))
                    assertEquals(split, owner.computeIfAbsent(key, k -> split), key);
            }
        });
    }

    @Test
    void entitiesTellNothingButTheirWords() {
        corpus.splits().values().forEach(examples -> {
            for (Example e : examples) {
                List<String> tokens = e.passage().tokens();
                assertEquals("TERM", e.head(0).type());
                assertEquals("TERM", e.tail(0).type());
                assertEquals(0, e.head(0).mentions().get(0).start());
                int colon = e.head(0).mentions().get(0).end();
                assertEquals(":", tokens.get(colon));
                assertEquals(e.head(0).id(), String.join("_", tokens.subList(0, colon)).toLowerCase(Locale.ROOT));
                assertTrue(e.tail(0).mentions().stream().allMatch(m -> m.start() > colon), e.id());
                assertFalse(tokens.contains("\""), "a quoted sentence in " + e.passage().text());
                assertEquals(label(e).equals("no-relation") ? 0 : 1, e.passage().facts().size());
            }
        });
        assertEquals(Set.of("train", "dev", "test"), corpus.splits().keySet());
        assertEquals(Optional.of("no-relation"), corpus.negative());
    }

    /** The shortcut that remains, as documented: the tail word alone must be far from enough. */
    @Test
    void theTailWordAloneDoesNotTellTheLabel() throws IOException {
        Map<String, Map<String, Integer>> votes = new HashMap<>();
        for (Example e : corpus.split("train")) votes.computeIfAbsent(e.tail(0).id(), t -> new TreeMap<>()).merge(label(e), 1, Integer::sum);
        long right = corpus.split("test").stream().filter(e -> votes.getOrDefault(e.tail(0).id(), Map.of("hypernym", 1)).entrySet().stream()
                .max(Comparator.comparing(Map.Entry::getValue)).orElseThrow().getKey().equals(label(e))).count();
        long percent = Math.round(100.0 * right / corpus.split("test").size());
        assertTrue(percent < 60, percent + " %");
        String doc = Files.readString(Path.of("../../docs/corpora/wordnet.md")).replaceAll("\\s+", " ");
        assertTrue(doc.contains("is right for about " + percent + " % of the test examples"), percent + " %");
    }

    @Test
    void aSampleIsAProportionalSubsetWithAllLabels() throws IOException {
        Corpus small = read(3000, Optional.of(1000));
        assertEquals(1000, small.splits().values().stream().mapToInt(List::size).sum());
        assertEquals(corpus.relations(), small.relations());
        double share = 1000.0 / corpus.splits().values().stream().mapToInt(List::size).sum();
        for (String split : corpus.splits().keySet()) {
            assertTrue(corpus.split(split).containsAll(small.split(split)), split);
            Map<String, Long> all = counts(corpus.split(split));
            Map<String, Long> some = counts(small.split(split));
            assertEquals(all.keySet(), some.keySet());
            some.forEach((label, n) -> assertTrue(n >= 1 && Math.abs(n - share * all.get(label)) <= 1, split + " " + label + " " + n));
        }
        assertEquals(small, read(3000, Optional.of(1000)));
    }

    @Test
    void theCapHoldsInEverySplit() throws IOException {
        Corpus capped = read(80, Optional.empty());
        assertTrue(counts(capped.split("train")).values().stream().allMatch(n -> n == 80));
        assertTrue(counts(capped.split("dev")).values().stream().allMatch(n -> n == 10));
        assertTrue(corpus.split("test").containsAll(capped.split("test")));
    }

    @Test
    void provenanceNamesTheData() {
        assertEquals(6, corpus.inputs().size());
        corpus.inputs().forEach((file, hash) -> assertTrue(hash.matches("[0-9a-f]{64}"), file));
    }
}
