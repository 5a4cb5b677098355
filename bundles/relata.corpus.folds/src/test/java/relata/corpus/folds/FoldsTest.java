package relata.corpus.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

final class FoldsTest {
    record None() {}

    private static final Ref<CorpusReader> SMALL = new Ref<>(CorpusReader.class, "small", new None());

    private final ComponentProvider<CorpusReader, Folds.Config> provider = new Folds();
    private Corpus corpus = corpus(23, "train", "test");

    @TempDir
    private Path folder = Path.of("");

    /** Three sentences of each document, of which the splits take turns. */
    private static Corpus corpus(int documents, String... names) {
        TreeMap<String, List<Example>> splits = new TreeMap<>();
        for (int d = 0; d < documents; d++)
            for (int s = 0; s < 3; s++) {
                String id = "d" + d + ".s" + s;
                Passage passage = new Passage(id, List.of("a", "b"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2)), List.of(), "d" + d);
                splits.computeIfAbsent(names[d % names.length], n -> new ArrayList<>()).add(new Example(id, passage, List.of(new Pair(0, 1, List.of("r" + s % 2)))));
            }
        return new Corpus("small", splits, List.of("r0", "r1"), Optional.empty(), new TreeMap<>(Map.of("data.txt", "0".repeat(64))));
    }

    private Corpus read(int folds, int fold, Optional<Path> file, List<String> splits, Optional<Double> dev) throws IOException {
        Parts parts = new Parts() {
            @Override
            public <T> T create(Ref<T> ref) {
                return ref.kind().cast((CorpusReader) () -> corpus);
            }

            @Override
            public Path cache() {
                throw new UncheckedIOException(new IOException("there is no cache"));
            }
        };
        return provider.create(new Folds.Config(SMALL, folds, fold, file, splits, dev), parts).read();
    }

    private Corpus read(int folds, int fold) throws IOException {
        return read(folds, fold, Optional.empty(), List.of(), Optional.empty());
    }

    private static Set<String> documents(List<Example> examples) {
        return examples.stream().map(e -> e.passage().document()).collect(Collectors.toSet());
    }

    @Test
    void eachDocumentIsTestedOnceAndNeverInTrainAtTheSameTime() throws IOException {
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            Corpus dealt = read(5, fold);
            assertEquals(Set.of("train", "test"), dealt.splits().keySet());
            Set<String> both = new HashSet<>(documents(dealt.split("train")));
            both.retainAll(documents(dealt.split("test")));
            assertEquals(Set.of(), both);
            assertEquals(69, dealt.split("train").size() + dealt.split("test").size());
            int size = documents(dealt.split("test")).size();
            assertTrue(size == 4 || size == 5, "23 documents in 5 folds, but one has " + size);
            dealt.split("test").forEach(e -> tested.add(e.id()));
        }
        assertEquals(69, tested.size());
        assertEquals(69, new HashSet<>(tested).size());
    }

    @Test
    void theFoldsDependOnTheIdsAlone() throws IOException {
        Corpus before = read(5, 2);
        assertEquals(before, read(5, 2));
        Corpus turned = corpus(23, "all");
        corpus = new Corpus("small", new TreeMap<>(Map.of("all", turned.split("all").stream().sorted((a, b) -> b.id().compareTo(a.id())).toList())), turned.relations(), turned.negative(), turned.inputs());
        assertEquals(documents(before.split("test")), documents(read(5, 2).split("test")));
    }

    @Test
    void devIsTakenAsTheCorpusHasIt() throws IOException {
        corpus = corpus(30, "train", "train", "dev");
        Corpus dealt = read(5, 1);
        assertEquals(8, documents(dealt.split("dev")).size(), "a third of 24 training documents");
        assertFalse(documents(dealt.split("train")).stream().anyMatch(documents(dealt.split("dev"))::contains));
        assertFalse(read(5, 1, Optional.empty(), List.of(), Optional.of(0.0)).splits().containsKey("dev"));
        assertEquals(3, documents(read(5, 1, Optional.empty(), List.of(), Optional.of(0.1)).split("dev")).size());
    }

    @Test
    void onlyTheNamedSplitsAreDealt() throws IOException {
        Corpus dealt = read(3, 0, Optional.empty(), List.of("train"), Optional.empty());
        assertEquals(documents(corpus.split("train")).size() * 3, dealt.split("train").size() + dealt.split("test").size());
        assertTrue(assertThrows(CorpusException.class, () -> read(3, 0, Optional.empty(), List.of("trane"), Optional.empty())).getMessage().contains("there are: test, train"));
    }

    @Test
    void foldsCanBeGiven() throws IOException {
        Map<String, Integer> given = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int d = 0; d < 23; d++) {
            given.put("d" + d, d / 12);
            text.append("d").append(d).append('\t').append(d / 12).append('\n');
        }
        Path file = Files.writeString(folder.resolve("folds.tsv"), text);
        Corpus dealt = read(2, 1, Optional.of(file), List.of(), Optional.empty());
        assertEquals(given.keySet().stream().filter(d -> given.get(d) == 1).collect(Collectors.toSet()), documents(dealt.split("test")));
        assertEquals(Set.of("data.txt", "folds.tsv"), dealt.inputs().keySet());
        for (Map.Entry<String, String> wrong : Map.of(
                text.substring(5), "'d0'", text + "d0\t1\n", "line 24: has the document 'd0' again", text + "x\t1\n", "'x'", text.toString().replace("d0\t0", "d0\t2"), "line 1: has the fold '2'",
                text.toString().replace("d0\t0", "d0 0"), "no tab", text.toString().replace("\t1", "\t0"), "no document in fold 1").entrySet()) {
            Files.writeString(file, wrong.getKey());
            String message = assertThrows(CorpusException.class, () -> read(2, 1, Optional.of(file), List.of(), Optional.empty())).getMessage();
            assertTrue(message.contains(wrong.getValue()), message);
        }
    }

    @Test
    void whatCannotBeDealtIsTold() {
        assertTrue(assertThrows(CorpusException.class, () -> read(24, 0)).getMessage().contains("23 documents"));
        assertThrows(IllegalArgumentException.class, () -> read(5, 5));
        Example known = corpus.splits().get("test").get(0);
        TreeMap<String, List<Example>> splits = new TreeMap<>(corpus.splits());
        splits.put("test", List.of(new Example(known.id(), known.passage(), List.of(new Pair(0, 1, List.of())))));
        corpus = new Corpus("small", splits, corpus.relations(), corpus.negative(), corpus.inputs());
        assertTrue(assertThrows(CorpusException.class, () -> read(5, 0)).getMessage().contains("Name the splits that have answers"));
    }
}
