package relata.corpus.distant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.corpus.jsonl.JsonlReader;
import relata.corpus.sentence.FewRel;
import relata.testkit.CorpusReaderContract;
import relata.testkit.PublishedData;
import relata.testkit.TestParts;

class DistantTest implements CorpusReaderContract<Distant.Config> {
    /** Invented: s1 to s4 are sentences, d is a document of two, n has no ids, o names one entity within another. */
    private static final String SENTENCES = """
            {"id": "s1", "tokens": ["Ada", "was", "born", "in", "Tarn", "."], "entities": [{"id": "Q1", "type": "PERSON", "mentions": [{"start": 0, "end": 1}]}, {"id": "Q2", "mentions": [{"start": 4, "end": 5}]}], "pairs": [[0, 1]]}
            {"id": "s2", "tokens": ["Tarn", "honours", "Ada", "."], "entities": [{"id": "Q2", "mentions": [{"start": 0, "end": 1}]}, {"id": "Q1", "mentions": [{"start": 2, "end": 3}]}], "pairs": [[0, 1]]}
            {"id": "s3", "tokens": ["Ada", "met", "Bo", "in", "Tarn", "."], "entities": [{"id": "Q1", "mentions": [{"start": 0, "end": 1}]}, {"id": "Q3", "mentions": [{"start": 2, "end": 3}]}, {"id": "Q2", "mentions": [{"start": 4, "end": 5}]}], "pairs": [[0, 1]]}
            {"id": "s4", "tokens": ["Bo", "saw", "Lund", "."], "entities": [{"id": "Q3", "mentions": [{"start": 0, "end": 1}]}, {"id": "Q4", "mentions": [{"start": 2, "end": 3}]}], "pairs": [[0, 1]]}
            {"id": "d", "tokens": ["Bo", "rests", ".", "In", "Lund", "lives", "Bo", ",", "Ada", "'s", "friend", "."], "sentences": [0, 3], "entities": [{"id": "Q3", "mentions": [{"start": 0, "end": 1}, {"start": 6, "end": 7}]}, {"id": "Q1", "mentions": [{"start": 8, "end": 9}]}, {"id": "Q4", "mentions": [{"start": 4, "end": 5}]}], "pairs": [[0, 1]]}
            {"id": "n", "tokens": ["Wolle", "is", "in", "Lund", "and", "WOLLE", "stays", "."], "entities": [{"mentions": [{"start": 0, "end": 1}]}, {"mentions": [{"start": 3, "end": 4}]}, {"mentions": [{"start": 5, "end": 6}]}], "pairs": [[0, 1]]}
            {"id": "o", "tokens": ["Lund", "University", "."], "entities": [{"id": "Q4", "mentions": [{"start": 0, "end": 1}]}, {"id": "Q5", "mentions": [{"start": 0, "end": 2}]}], "pairs": [[0, 1]]}
            """;
    private static final String TRIPLES = """
            Q1\tborn-in\tQ2
            Q1\tfriend\tQ3
            Q3\tfriend\tQ1
            Q3\tlives-in\tQ4
            Q3\tborn-in\tQ4
            Q5\tlies-in\tQ4
            wolle\tlives-in\tlund
            Q9\tborn-in\tQ8
            """;

    @TempDir
    Path folder;

    @Override
    public Distant provider() {
        return new Distant();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new JsonlReader(), new FewRel());
    }

    @Override
    public Map<String, ?> settings() {
        return settings(Map.of());
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object jsonl(String name, String text, Map<String, ?> with) {
        Map<String, Object> settings = new HashMap<>(with);
        settings.put("root", write(name, text));
        return parts().ref(CorpusReader.class, "jsonl", settings);
    }

    private Map<String, ?> settings(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("sentences", jsonl("sentences.jsonl", SENTENCES, Map.of()), "triples", write("triples.tsv", TRIPLES)));
        settings.putAll(more);
        return settings;
    }

    @Override
    public Map<String, Broken> broken() {
        return Map.of(
                "a line of two fields", new Broken(settings(Map.of("triples", write("two.tsv", "Q1\tr\tQ2\nQ1 r\tQ2\n"))), "two.tsv line 2", "2 fields"),
                "a line without tabs", new Broken(settings(Map.of("triples", write("spaces.tsv", "Q1 r Q2\n"))), "spaces.tsv line 1", "1 field,"),
                "a relation without a name", new Broken(settings(Map.of("triples", write("empty.tsv", "Q1\t \tQ2\n"))), "empty.tsv line 1", "no relation"),
                "the negative label", new Broken(settings(Map.of("negative", "friend")), "triples.tsv line 2", "'friend'", "'negative'"),
                "triples of nothing", new Broken(settings(Map.of("triples", write("other.tsv", "Q7\tr\tQ8\n"))), "distant", "no triple"),
                "sentences of one entity", new Broken(settings(Map.of("sentences", jsonl("one.jsonl", """
                        {"text": "Ada, Ada", "entities": [{"id": "e0", "mentions": [{"start": 0, "end": 3}]}, {"id": "e1", "mentions": [{"start": 5, "end": 8}]}], "pairs": [[0, 1]]}
                        """, Map.of()))), "distant", "no sentence"),
                "all too rare", new Broken(settings(Map.of("fewest", 9)), "no example", "by 'fewest'"),
                "broken sentences", new Broken(settings(Map.of("sentences", jsonl("broken.jsonl", SENTENCES.substring(0, 300), Map.of()))), "broken.jsonl", "line 2"),
                "no such split to exclude", new Broken(settings(Map.of("exclude", List.of(jsonl("test.jsonl", TASK, Map.of())), "excludeSplits", List.of("tset"))), "tset"));
    }

    /** Of a pair that is turned there, and one that only has the same names. */
    private static final String TASK = """
            {"tokens": ["Tarn", "bore", "Ada"], "head": {"id": "Q2", "start": 0, "end": 1}, "tail": {"id": "Q1", "start": 2, "end": 3}, "relation": "birthplace-of"}
            {"tokens": ["Bo", "and", "lund"], "head": {"id": "Q77", "start": 0, "end": 1}, "tail": {"id": "Q78", "start": 2, "end": 3}, "relation": "other"}
            """;

    private List<Example> examples(Map<String, ?> more) throws IOException {
        return corpus(more).split("train");
    }

    private Corpus corpus(Map<String, ?> more) throws IOException {
        return parts().create(provider(), settings(more)).read();
    }

    private static String shown(Example e) {
        return e.passage().id() + " " + e.head(0).id() + " " + e.pairs().get(0).relations() + " " + e.tail(0).id();
    }

    private static final List<String> ALL = List.of(
            "s1#0-1 Q1 [born-in] Q2", "s2#1-0 Q1 [born-in] Q2", "s3#0-1 Q1 [friend] Q3", "s3#0-2 Q1 [born-in] Q2", "s3#1-0 Q3 [friend] Q1",
            "s4#0-1 Q3 [lives-in, born-in] Q4", "d:1#0-1 Q3 [friend] Q1", "d:1#0-2 Q3 [lives-in, born-in] Q4", "d:1#1-0 Q1 [friend] Q3", "n#0-1 wolle [lives-in] lund");

    @Test
    void sentencesThatNameBothEntitiesAreExamples() throws IOException {
        Corpus corpus = corpus(Map.of());
        assertEquals(ALL, corpus.split("train").stream().map(DistantTest::shown).toList());
        assertEquals(List.of("born-in", "friend", "lives-in"), corpus.relations());
        assertEquals(Set.of("sentences/sentences.jsonl", "triples/triples.tsv"), corpus.inputs().keySet());
        Example lives = corpus.split("train").get(7);
        assertEquals("In Lund lives Bo , Ada 's friend .", lives.passage().text(), "one sentence of the document");
        assertEquals(3, lives.head(0).mentions().get(0).start());
        assertEquals(List.of("s1", "s2", "s3", "s3", "s3", "s4", "d", "d", "d", "n"), corpus.split("train").stream().map(e -> e.passage().document()).toList());
        assertEquals(2, corpus.split("train").get(9).head(0).mentions().size(), "Wolle and WOLLE are one without ids");
    }

    @Test
    void severalRelations() throws IOException {
        assertEquals(List.of("s4#0-1-lives-in Q3 [lives-in] Q4", "s4#0-1-born-in Q3 [born-in] Q4", "d:1#0-2-lives-in Q3 [lives-in] Q4", "d:1#0-2-born-in Q3 [born-in] Q4"),
                examples(Map.of("several", "each")).stream().map(DistantTest::shown).filter(s -> s.contains("Q4")).toList());
        assertEquals(ALL.stream().filter(s -> !s.contains("Q4")).toList(), examples(Map.of("several", "drop")).stream().map(DistantTest::shown).toList());
    }

    @Test
    void unrelatedPairsAreSampledAtARatio() throws IOException {
        // unrelated either way round: s3 Q3-Q2, d Q1-Q4, both twice; o shares a word, others are related one way
        List<Example> all = examples(Map.of("negative", "none", "ratio", 2));
        Set<String> none = all.stream().filter(e -> e.passage().facts().isEmpty()).map(DistantTest::shown).collect(Collectors.toSet());
        assertEquals(Set.of("s3#1-2 Q3 [none] Q2", "s3#2-1 Q2 [none] Q3", "d:1#1-2 Q1 [none] Q4", "d:1#2-1 Q4 [none] Q1"), none);
        for (long seed = 0; seed < 9; seed++)
            assertEquals(2, examples(Map.of("negative", "none", "ratio", 0.2, "seed", seed)).stream().filter(e -> e.passage().facts().isEmpty()).count());
        assertEquals(0, examples(Map.of("negative", "none", "ratio", 0)).stream().filter(e -> e.passage().facts().isEmpty()).count());
        assertNotEquals(none(1), none(2));
        assertEquals(Optional.of("none"), corpus(Map.of("negative", "none")).negative());
    }

    private List<String> none(long seed) throws IOException {
        List<String> none = new ArrayList<>();
        for (long s = 10 * seed; s < 10 * seed + 10; s++)
            examples(Map.of("negative", "none", "ratio", 0.1, "seed", s)).stream().filter(e -> e.passage().facts().isEmpty()).map(DistantTest::shown).forEach(none::add);
        return none;
    }

    @Test
    void rarePairsAndASizeKeepPairsWhole() throws IOException {
        assertEquals(ALL.stream().filter(s -> !s.startsWith("n")).toList(), examples(Map.of("fewest", 2)).stream().map(DistantTest::shown).toList());
        Map<String, Long> whole = ALL.stream().collect(Collectors.groupingBy(s -> s.substring(s.indexOf(' ')), Collectors.counting()));
        for (long seed = 0; seed < 20; seed++) {
            List<Example> some = examples(Map.of("size", 4, "seed", seed));
            assertTrue(some.size() <= 4 && some.size() >= 3, some.size() + " examples");
            some.stream().map(DistantTest::shown).collect(Collectors.groupingBy(s -> s.substring(s.indexOf(' ')), Collectors.counting())).forEach((pair, n) -> assertEquals(whole.get(pair), n));
        }
    }

    /** Q3 and Q4, of two sentences with two relations, make four examples of the twelve. */
    @Test
    void sizeAndRatioCountExamplesWhereEachRelationIsOne() throws IOException {
        assertEquals(12, examples(Map.of("several", "each")).size());
        for (long seed = 0; seed < 20; seed++) {
            int some = examples(Map.of("several", "each", "size", 4, "seed", seed)).size();
            assertTrue(some <= 4 && some >= 3, some + " examples");
            assertTrue(examples(Map.of("several", "each", "size", 3, "seed", seed)).stream().map(DistantTest::shown).noneMatch(s -> s.contains("Q4")));
        }
        // 0.3 of 12 are 4, of the 10 sentences 3
        assertEquals(4, examples(Map.of("several", "each", "negative", "none", "ratio", 0.3)).stream().filter(e -> e.passage().facts().isEmpty()).count());
    }

    @Test
    void whatIsTestedOnIsExcludedEitherWayRound() throws IOException {
        Object test = jsonl("test.jsonl", TASK, Map.of());
        assertEquals(ALL.stream().filter(s -> !s.contains("Q2")).toList(), examples(Map.of("exclude", List.of(test))).stream().map(DistantTest::shown).toList());
        assertEquals(ALL.stream().filter(s -> !s.contains("Q2") && !s.contains("Q4")).toList(),
                examples(Map.of("exclude", List.of(test), "names", true)).stream().map(DistantTest::shown).toList());
        List<Example> with = examples(Map.of("exclude", List.of(test), "negative", "none", "ratio", 9));
        assertTrue(with.stream().anyMatch(e -> e.passage().facts().isEmpty()));
        assertTrue(with.stream().noneMatch(e -> Set.of(e.head(0).id(), e.tail(0).id()).equals(Set.of("Q1", "Q2"))));
    }

    @Test
    void textsThatAreTestedOnCanBeExcludedWhole() throws IOException {
        Object test = jsonl("test.jsonl", """
                {"tokens": ["ada", "met", "bo", "in", "tarn", "."], "head": {"id": "X", "start": 1, "end": 2}, "tail": {"id": "Y", "start": 3, "end": 4}, "relation": "r"}
                """, Map.of());
        assertEquals(ALL, examples(Map.of("exclude", List.of(test))).stream().map(DistantTest::shown).toList());
        assertEquals(ALL.stream().filter(s -> !s.startsWith("s3")).toList(), examples(Map.of("exclude", List.of(test), "texts", true)).stream().map(DistantTest::shown).toList());
    }

    @Test
    void theAuditCountsWhatWasLeftOut() throws IOException {
        Audit audit = ((DistantReader) parts().create(provider(), settings(Map.of("exclude", List.of(jsonl("test.jsonl", TASK, Map.of())), "fewest", 2)))).make(e -> { });
        assertEquals(List.of(7L, 7L, 6L, 3L, 1L), List.of(audit.sentences, audit.triples, audit.examples, audit.excluded, audit.rare));
        Audit.Counts born = audit.relations.get("born-in");
        assertEquals(List.of(2L, 1L, 3L, 1L), List.of(born.examples, born.pairs, born.excluded, born.excludedPairs));
        Audit.Counts friend = audit.relations.get("friend");
        assertEquals(List.of(4L, 2L, 0L, 0L), List.of(friend.examples, friend.pairs, friend.excluded, friend.excludedPairs));
    }

    @Test
    void factsOfACorpusAreTriples() throws IOException {
        Object facts = jsonl("facts.jsonl", TASK, Map.of());
        Map<String, Object> settings = new HashMap<>(settings(Map.of("facts", facts)));
        settings.remove("triples");
        assertEquals(List.of("s1#1-0 Q2 [birthplace-of] Q1", "s2#0-1 Q2 [birthplace-of] Q1", "s3#2-0 Q2 [birthplace-of] Q1"),
                parts().create(provider(), settings).read().split("train").stream().map(DistantTest::shown).toList());
        settings.remove("facts");
        assertTrue(assertThrows(RuntimeException.class, () -> parts().create(provider(), settings)).getMessage().contains("needs a knowledge base"));
    }

    @Test
    void theFileIsTheCorpusAndIsWholeOrAsItWas() throws IOException {
        Map<String, ?> settings = settings(Map.of("negative", "none", "several", "each"));
        Path out = folder.resolve("out.jsonl");
        Path audit = folder.resolve("out.jsonl.audit.json");
        ExampleLines.write((DistantReader) parts().create(provider(), settings), out, audit);
        List<Example> read = parts().create(new JsonlReader(), Map.of("root", out, "negative", "none")).read().split("all");
        List<Example> made = parts().create(provider(), settings).read().split("train");
        assertEquals(made.stream().map(DistantTest::shown).toList(), read.stream().map(DistantTest::shown).toList());
        assertEquals(made.stream().map(e -> e.passage().entities()).toList(), read.stream().map(e -> e.passage().entities()).toList());
        assertEquals(made.stream().map(e -> e.passage().document()).toList(), read.stream().map(e -> e.passage().document()).toList());
        String before = Files.readString(out);
        String counts = Files.readString(audit);
        assertTrue(counts.contains("\"lives-in\"") && counts.contains("\"excludedPairs\": 0") && counts.contains("sentences/sentences.jsonl"), counts);
        assertThrows(IOException.class, () -> ExampleLines.write((DistantReader) parts().create(provider(), settings(Map.of("fewest", 9))), out, audit));
        assertEquals(List.of(before, counts), List.of(Files.readString(out), Files.readString(audit)));
        try (var files = Files.list(folder)) {
            assertFalse(files.anyMatch(f -> f.toString().endsWith(".part")), "parts are taken away");
        }
    }

    /** Real Wikidata ids: a corpus whose triples are its own answers gives these answers back, and nothing is left once it is excluded. */
    @Test
    void fewRelWithItsOwnFacts() throws IOException {
        Object fewRel = parts().ref(CorpusReader.class, "fewrel", Map.of("root", PublishedData.folder("fewrel").resolve("val_wiki.json")));
        Map<String, Object> settings = new HashMap<>(Map.of("sentences", fewRel, "facts", fewRel));
        Corpus made = parts().create(provider(), settings).read();
        Corpus original = parts().create(new FewRel(), Map.of("root", PublishedData.folder("fewrel").resolve("val_wiki.json"))).read();
        Set<String> labelled = made.split("train").stream().flatMap(e -> e.pairs().get(0).relations().stream()
                .map(r -> e.id().substring(0, e.id().indexOf('#')) + " " + e.head(0).id() + " " + r + " " + e.tail(0).id())).collect(Collectors.toSet());
        for (Example e : original.splits().values().iterator().next())
            assertTrue(labelled.contains(e.id() + " " + e.head(0).id() + " " + e.pairs().get(0).relations().get(0) + " " + e.tail(0).id()), e.id());
        settings.put("exclude", List.of(fewRel));
        assertTrue(assertThrows(IOException.class, () -> parts().create(provider(), settings).read()).getMessage().contains("by 'exclude'"));
    }
}
