package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;

/** Damaged files are read as far as they are still right, or answered with an error that has a place; never anything else. */
final class Damage {
    private static final List<String> PIECES = List.of("7", "-1", "{", "]", "\"", ",", "null", "1e9", "\\", "\u0000", "\ufeff", "\t", "\n", ";", "|", "<", ">", "</document>", "&x;", "&#xD800;", "<a>", "2147483648", " ");

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
            byte[] damaged = damaged(good.files().get(name));
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

    private byte[] damaged(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> {
                for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            case 2 -> {
                for (int n = 1 + random.nextInt(20); n > 0 && bytes.length > 0; n--) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            case 3 -> { // a piece is missing, or comes twice: wrong nesting
                int from = random.nextInt(bytes.length + 1);
                int to = from + random.nextInt(bytes.length - from + 1);
                byte[] piece = Arrays.copyOfRange(bytes, from, to);
                byte[] joined = Arrays.copyOf(bytes, from);
                if (random.nextBoolean()) joined = join(join(joined, piece), piece);
                bytes = join(joined, Arrays.copyOfRange(bytes, to, bytes.length));
            }
            case 4 -> {
                List<Charset> wrong = List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
                bytes = text.getBytes(wrong.get(random.nextInt(wrong.size())));
            }
            default -> {
                String changed = text;
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    int at = random.nextInt(changed.length() + 1);
                    changed = changed.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + changed.substring(Math.min(changed.length(), at + random.nextInt(3)));
                }
                bytes = changed.getBytes(StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
