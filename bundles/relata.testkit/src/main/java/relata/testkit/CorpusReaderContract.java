package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

/**
 * What holds for every corpus reader. Give a small good input in {@link #settings()}, and wrong ones in {@link #broken()}.
 *
 * @param <C> the record of its settings
 */
public interface CorpusReaderContract<C extends Record> extends ProviderContract<CorpusReader, C> {
    /**
     * A wrong input.
     *
     * @param settings that lead to it
     * @param message words that the error must hold: what is wrong, and the place, such as {@code test.txt} and {@code line 3}
     */
    record Broken(Map<String, ?> settings, String... message) {}

    /** Wrong inputs by a name for each: cut off, empty, in another encoding, labels that are unknown, places outside the text, ... */
    Map<String, Broken> broken() throws IOException;

    @Test
    default void readsTheSameEachTime() throws IOException {
        CorpusReader reader = part();
        Corpus first = reader.read();
        assertEquals(first, reader.read(), "a second reading by the same reader must give the same corpus");
        assertEquals(first, part().read(), "another reader with the same settings must give the same corpus");
        assertEquals(new ArrayList<>(first.splits().keySet()), new ArrayList<>(part().read().splits().keySet()));
    }

    @Test
    default void noSplitIsEmpty() throws IOException {
        Corpus corpus = part().read();
        assertFalse(corpus.splits().isEmpty(), "a corpus needs a split");
        corpus.splits().forEach((name, examples) -> assertFalse(examples.isEmpty(), () -> "split '" + name + "' has no examples"));
    }

    @Test
    default void idsAreUniqueSoThatSplitsAreDisjoint() throws IOException {
        Map<String, String> splitOf = new HashMap<>();
        Map<String, Passage> passages = new HashMap<>();
        part().read().splits().forEach((split, examples) -> {
            for (Example e : examples) {
                String before = splitOf.put(e.id(), split);
                if (before != null) fail("the id '" + e.id() + "' is in " + before + " and again in " + split);
                Passage same = passages.put(e.passage().id(), e.passage());
                if (same != null) assertEquals(same, e.passage(), "passages with the same id must be the same");
            }
        });
    }

    @Test
    default void passagesAreWhole() throws IOException {
        for (Example e : examples(part().read())) {
            Passage p = e.passage();
            for (String t : p.tokens()) assertFalse(t.isBlank(), () -> e.id() + " has an empty token in " + p.tokens());
            int previous = -1;
            for (int s : p.sentences()) {
                assertTrue(s > previous && s < p.tokens().size() && (previous >= 0 || s == 0), () -> e.id() + ": sentences must ascend from 0 and hold tokens, but begin at " + p.sentences());
                previous = s;
            }
            p.entities().forEach(entity -> {
                for (int i = 1; i < entity.mentions().size(); i++) {
                    Mention before = entity.mentions().get(i - 1);
                    assertTrue(before.start() <= entity.mentions().get(i).start(), () -> e.id() + ": mentions must be in text order, but are " + entity.mentions());
                }
            });
        }
    }

    @Test
    default void asksAboutEachPairOnce() throws IOException {
        for (Example e : examples(part().read())) {
            Set<List<Integer>> pairs = new HashSet<>();
            for (Pair p : e.pairs()) assertTrue(pairs.add(List.of(p.head(), p.tail())), () -> e.id() + " asks twice about " + p.head() + " and " + p.tail());
        }
    }

    @Test
    default void labelsAreAmongTheRelations() throws IOException {
        Corpus corpus = part().read();
        assertEquals(corpus.relations().size(), new HashSet<>(corpus.relations()).size(), () -> "relations must not repeat: " + corpus.relations());
        for (Example e : examples(corpus))
            for (Pair p : e.pairs()) {
                assertTrue(corpus.relations().containsAll(p.relations()), () -> e.id() + " has the labels " + p.relations() + ", but the corpus knows " + corpus.relations());
                assertEquals(p.relations().size(), new HashSet<>(p.relations()).size(), () -> e.id() + " repeats a label: " + p.relations());
            }
    }

    @Test
    default void theNegativeLabelMeansNoRelation() throws IOException {
        Corpus corpus = part().read();
        if (corpus.negative().isEmpty()) return;
        String negative = corpus.negative().get();
        for (Example e : examples(corpus)) {
            for (Pair p : e.pairs()) assertTrue(p.relations().size() < 2 || !p.relations().contains(negative), () -> e.id() + " has '" + negative + "' beside other labels: " + p.relations());
            for (Fact f : e.passage().facts()) assertFalse(f.relation().equals(negative), () -> e.id() + " has '" + negative + "' as a fact");
        }
    }

    @Test
    default void saysWhatItReadForProvenance() throws Exception {
        Corpus corpus = part().read();
        assertFalse(corpus.inputs().isEmpty(), "inputs must name what was read");
        for (Map.Entry<String, String> input : corpus.inputs().entrySet()) {
            assertTrue(input.getValue().matches("[0-9a-f]{64}"), () -> "inputs must map to a SHA-256 in lower-case hex, but " + input);
            for (Object root : settings().values()) {
                Path file = file(root, input.getKey());
                if (file != null) assertEquals(sha256(file), input.getValue(), () -> "the SHA-256 of " + file + " is another");
            }
        }
        assertFalse(corpus.name().isBlank(), "a corpus needs a name");
    }

    @Test
    default void opensNothingBeforeItReads() {
        if (Arrays.stream(provider().configType().getRecordComponents()).noneMatch(c -> c.getName().equals("root") && c.getType() == Path.class)) return;
        Map<String, Object> settings = new LinkedHashMap<>(settings());
        Path absent = Path.of("there", "is", "no", "such", "corpus");
        settings.put("root", absent);
        CorpusReader reader = parts().create(provider(), settings);
        assertMessage("a root that does not exist", reader, absent.toString());
    }

    @Test
    default void wrongInputIsAnErrorWithItsPlace() throws IOException {
        List<Executable> checks = new ArrayList<>();
        assertFalse(broken().isEmpty(), "give at least one wrong input in broken()");
        broken().forEach((name, b) -> {
            assertTrue(b.message().length > 0, () -> "say what the error for '" + name + "' must hold");
            checks.add(() -> assertMessage(name, parts().create(provider(), b.settings()), b.message()));
        });
        assertAll(checks);
    }

    private static void assertMessage(String name, CorpusReader reader, String... parts) {
        Corpus corpus;
        try {
            corpus = reader.read();
        } catch (IOException e) {
            for (String part : parts) assertTrue(String.valueOf(e.getMessage()).contains(part), () -> name + ": the error must name '" + part + "', but says: " + e.getMessage());
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(name + ": an IOException with words for people was expected, but there was " + e, e);
        }
        fail(name + " was read without an error: " + corpus.splits().keySet());
    }

    private static List<Example> examples(Corpus corpus) {
        return corpus.splits().values().stream().flatMap(List::stream).toList();
    }

    private static @Nullable Path file(Object root, String name) {
        if (!(root instanceof Path path)) return null;
        if (Files.isRegularFile(path.resolve(name))) return path.resolve(name);
        return Files.isRegularFile(path) && path.getFileName().toString().equals(name) ? path : null;
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
