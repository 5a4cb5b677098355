package relata.testkit;

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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import relata.api.corpus.Corpus;

/**
 * Damages a good file in many ways (cut off, bits turned, bytes changed, pieces lost or doubled, saved in another encoding, brackets and tags exchanged or moved, other numbers) and has it read.
 * A damaged file must be read as far as it is still right, or answered with an {@link IOException} that names the place; within seconds, and never anything else.
 */
public final class Damage {
    private static final List<Charset> WRONG = List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    private static final List<String> PIECES = List.of("7", "-1", "{", "]", "\"", ",", "null", "1e9", "\\", "\\ud800", "\u0000", "\ufeff", "<", ">", "\t", "\n", "99999999999",
            ";", "|", "</document>", "&x;", "&#xD800;", "<a>", "2147483648", " ");
    private static final String BRACKETS = "{}[]<>()";
    private static final Pattern MARK = Pattern.compile("</?\\w[^<>\n]{0,80}>|[{}\\[\\]<>()]");

    /** Reads a corpus of which a file is damaged. */
    @FunctionalInterface
    public interface Reading {
        /** Reads it. */
        Corpus read() throws IOException;
    }

    private Damage() {}

    /**
     * Damages a file, reads it, and again. At the end the file is good again.
     *
     * @param file a good one; errors must name it
     * @param rounds how often
     * @param place what an error's message must hold besides, such as {@code " line \\d+: "}
     * @return how often the answer was an error
     */
    public static int check(Path file, int rounds, Pattern place, Reading reading) throws IOException {
        byte[] good = Files.readAllBytes(file);
        assertFalse(reading.read().splits().isEmpty(), "the undamaged file must be read");
        Random random = new Random(17);
        int errors = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] damaged = damaged(good, random);
            Files.write(file, damaged);
            String what = "\nround " + i + ": " + new String(damaged, 0, Math.min(damaged.length, 3000), StandardCharsets.UTF_8);
            errors += assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                try {
                    assertFalse(reading.read().splits().isEmpty(), what);
                    return 0;
                } catch (IOException e) {
                    String message = String.valueOf(e.getMessage());
                    assertTrue(message.contains(file.getFileName().toString()), e + " does not name " + file.getFileName() + what);
                    assertTrue(place.matcher(message).find(), e + " does not say where" + what);
                    return 1;
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError(e + what, e);
                }
            }, what);
        }
        Files.write(file, good);
        return errors;
    }

    /** A file's bytes, damaged in one of these ways. */
    public static byte[] damaged(byte[] good, Random random) {
        if (good.length == 0) return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = good.clone();
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int n = 1 + random.nextInt(4); n > 0; n--) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 2 -> {
                for (int n = 1 + random.nextInt(20); n > 0; n--) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 3 -> { // a piece is missing, or comes twice
                int from = random.nextInt(bytes.length);
                int to = from + random.nextInt(bytes.length - from);
                byte[] joined = Arrays.copyOf(bytes, from);
                if (random.nextBoolean()) joined = join(joined, Arrays.copyOfRange(bytes, from, to), Arrays.copyOfRange(bytes, from, to));
                yield join(joined, Arrays.copyOfRange(bytes, to, bytes.length));
            }
            case 4 -> new String(good, StandardCharsets.UTF_8).getBytes(WRONG.get(random.nextInt(WRONG.size())));
            case 5 -> wrongNesting(new String(good, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8);
            default -> {
                String text = new String(good, StandardCharsets.UTF_8);
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    int at = random.nextInt(text.length());
                    text = text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(Math.min(text.length(), at + random.nextInt(3)));
                }
                yield text.getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    /** A bracket or tag is another bracket, or stands elsewhere. */
    private static String wrongNesting(String good, Random random) {
        List<MatchResult> marks = MARK.matcher(good).results().toList();
        if (marks.isEmpty()) return good;
        MatchResult mark = marks.get(random.nextInt(marks.size()));
        String without = good.substring(0, mark.start()) + good.substring(mark.end());
        if (random.nextBoolean()) return without.substring(0, mark.start()) + BRACKETS.charAt(random.nextInt(BRACKETS.length())) + without.substring(mark.start());
        int to = random.nextInt(without.length() + 1);
        return without.substring(0, to) + mark.group() + without.substring(to);
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
