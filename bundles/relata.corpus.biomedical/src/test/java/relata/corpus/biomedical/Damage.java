package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;

/** Damaged files are read as far as they are still right, or answered with an error that has a place; never anything else. */
final class Damage {
    private final Fixture good;
    private final Path folder;
    private final Function<Path, CorpusReader> reader;
    private final Random random = new Random(29);

    Damage(Fixture good, Path folder, Function<Path, CorpusReader> reader) {
        this.good = good;
        this.folder = folder;
        this.reader = reader;
    }

    /** Damages one file at a time and reads. @param place what an error must tell, as a regular expression */
    void check(int rounds, String place) throws IOException {
        good.write(folder);
        List<String> names = good.files().keySet().stream().toList();
        int errors = 0;
        for (int i = 0; i < rounds; i++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] damaged = relata.testkit.Damage.damaged(good.files().get(name).getBytes(StandardCharsets.UTF_8), random);
            Files.write(folder.resolve(name), damaged);
            String what = "round " + i + ", " + name + ": " + new String(damaged, StandardCharsets.UTF_8);
            errors += assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(place, what), what);
            Files.writeString(folder.resolve(name), good.files().get(name));
        }
        assertTrue(errors > rounds / 3, "most damage must show, but only " + errors + " of " + rounds + " did");
        assertFalse(reader.apply(folder).read().splits().isEmpty(), "the good files must be read");
    }

    private int read(String place, String what) {
        try {
            Corpus corpus = reader.apply(folder).read();
            assertFalse(corpus.splits().isEmpty(), what);
            return 0;
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).matches("(?s).*(" + place + ").*"), () -> e + "\n" + what);
            return 1;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(e + "\n" + what, e);
        }
    }
}
