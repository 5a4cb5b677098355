package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Omissions;

/**
 * What holds for every corpus writer: what it writes is read again as it was, or it said what is lost; what may not be lost is refused, and then nothing is
 * written. Give corpora that the format holds wholly in {@link #held()}, and some that it cannot hold in {@link #notHeld()}; odd ones are made of the first.
 *
 * @param <C> the record of its settings
 */
public interface CorpusWriterContract<C extends Record> extends ProviderContract<CorpusWriter, C> {
    /**
     * A corpus that the format cannot hold.
     *
     * @param message words that the refusal must hold: which example, and what of it
     */
    record NotHeld(Corpus corpus, String... message) {}

    /** The reader of the same name. */
    ComponentProvider<CorpusReader, ?> reader();

    /** Corpora that come back wholly, at least one. */
    List<Corpus> held() throws IOException;

    /** Corpora that are refused unless something may be lost, by a name for each. */
    Map<String, NotHeld> notHeld() throws IOException;

    /** Reads what was written. */
    private Corpus read(Path folder, Map<String, Object> settings) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("root", folder);
        return parts().create(reader(), all).read();
    }

    @Test
    default void hasTheNameOfItsReader() {
        assertEquals(TestParts.name(reader()), TestParts.name(provider()), "a writer has the name of the reader that reads what it writes");
    }

    @Test
    default void whatItHoldsComesBack(@TempDir Path folder) throws IOException {
        assertFalse(held().isEmpty(), "give at least one corpus in held()");
        int[] number = {0};
        Corpora.smallest().all(held(), corpus -> {
            Path to = folder.resolve("corpus" + number[0]++);
            Map<String, Object> settings = part().write(corpus, to, Omissions.REFUSED);
            Corpora.assertSame(corpus, read(to, settings), corpus.name());
        });
        assertEquals(number[0], entries(folder).size(), "only what was asked for must be there: " + entries(folder));
    }

    @Test
    default void nothingIsLostInSilence(@TempDir Path folder) throws IOException {
        List<Executable> checks = new ArrayList<>();
        OddCorpora.of(held().get(0)).forEach((name, corpus) -> checks.add(() -> {
            Path strict = folder.resolve("strict");
            boolean written = attempt(name, corpus, strict, Omissions.REFUSED);
            if (!written) assertFalse(Files.exists(strict), () -> name + ": what is refused must not be written");
            delete(strict);
            List<String> lost = new ArrayList<>();
            Path lossy = folder.resolve("lossy");
            boolean writtenWithLosses = attempt(name, corpus, lossy, (where, what, detail) -> lost.add(where + ": " + what));
            if (written) assertTrue(writtenWithLosses && lost.isEmpty(), () -> name + ": it was written where nothing may be lost, but then something was: " + lost);
            else if (writtenWithLosses) assertFalse(lost.isEmpty(), () -> name + ": it was refused where nothing may be lost, but then written without a word of what is lost");
            delete(lossy);
            assertEquals(List.of(), entries(folder), name + ": nothing half-written may stay");
        }));
        assertAll(checks);
    }

    /** Writes it and, where nothing was said to be lost, compares. @return false if it was refused */
    private boolean attempt(String name, Corpus corpus, Path to, Omissions omissions) throws IOException {
        boolean[] told = new boolean[1];
        Map<String, Object> settings;
        try {
            settings = part().write(corpus, to, (where, what, detail) -> {
                for (String words : List.of(where, what, detail)) assertFalse(words.isBlank(), name + ": an omission must say where, what and how");
                omissions.leaveOut(where, what, detail);
                told[0] = true;
            });
        } catch (CorpusException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 10, () -> name + ": the refusal must say what cannot be held, but says: " + e.getMessage());
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(name + ": a CorpusException with words for people was expected, but there was " + e, e);
        }
        Corpus back = read(to, settings);
        if (!told[0]) Corpora.assertSame(corpus, back, name);
        return true;
    }

    @Test
    default void whatItCannotHoldIsRefused(@TempDir Path folder) throws IOException {
        List<Executable> checks = new ArrayList<>();
        assertFalse(notHeld().isEmpty(), "give at least one corpus in notHeld()");
        notHeld().forEach((name, n) -> checks.add(() -> {
            Path to = folder.resolve("out");
            try {
                part().write(n.corpus(), to, Omissions.REFUSED);
            } catch (CorpusException e) {
                for (String words : n.message()) assertTrue(e.getMessage().contains(words), () -> name + ": the refusal must name '" + words + "', but says: " + e.getMessage());
                assertEquals(List.of(), entries(folder), name + ": nothing half-written may stay");
                return;
            }
            delete(to);
            fail(name + " was written");
        }));
        assertAll(checks);
    }

    @Test
    default void writesTheSameEachTime(@TempDir Path folder) throws IOException {
        Corpus corpus = held().get(0);
        Map<String, Object> settings = part().write(corpus, folder.resolve("first"), Omissions.REFUSED);
        assertEquals(settings, part().write(corpus, folder.resolve("second"), Omissions.REFUSED));
        assertEquals(contents(folder.resolve("first")), contents(folder.resolve("second")), "the same corpus must give the same files");
    }

    @Test
    default void whatIsThereStays(@TempDir Path folder) throws IOException {
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("mine.txt"), "mine");
        CorpusException refused = assertThrows(CorpusException.class, () -> part().write(held().get(0), full, Omissions.REFUSED));
        assertTrue(refused.getMessage().contains("full"), refused.getMessage());
        assertEquals(Map.of("mine.txt", "mine"), contents(full));
        Path empty = Files.createDirectories(folder.resolve("empty"));
        part().write(held().get(0), empty, Omissions.REFUSED);
        assertFalse(contents(empty).isEmpty(), "an empty folder is filled");
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThrows(IOException.class, () -> part().write(held().get(0), file, Omissions.REFUSED));
        assertEquals("mine", Files.readString(file));
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) contents.put(folder.relativize(file).toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
