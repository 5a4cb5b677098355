package relata.corpus.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.CorpusException;

final class Utf8FileTest {
    @TempDir
    Path folder;

    private String read(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("f"), bytes);
        try (Utf8File file = Utf8File.open(path)) {
            StringWriter text = new StringWriter();
            file.transferTo(text);
            assertEquals(Hash.of(path), file.hash());
            return text.toString();
        }
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void textsOfAllLengthsComeBackZippedOrNot() throws IOException {
        Random random = new Random(3);
        for (int length : new int[] {0, 1, 2, 3, 5, 1000, (1 << 14) - 1, 1 << 14, (1 << 16) + 1, 200_000}) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) text.appendCodePoint("aé漢😀\n".codePointAt("aé漢😀\n".offsetByCodePoints(0, random.nextInt(5))));
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertEquals(text.toString(), read(bytes));
            assertEquals(text.toString(), read(zip(bytes)));
            assertEquals(text.toString(), read(("\ufeff" + text).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aWrongByteIsNamedWhereverItStands() throws IOException {
        for (int before : new int[] {0, 1, (1 << 14) - 1, (1 << 16) - 1, 1 << 16, 100_000}) {
            byte[] bytes = ("x\n".repeat(before) + "é😀z?").getBytes(StandardCharsets.UTF_8);
            bytes[bytes.length - 1] = (byte) 0xe9;
            String message = assertThrows(CorpusException.class, () -> read(bytes)).getMessage();
            assertTrue(message.contains(" line " + (before + 1) + ": is not UTF-8: byte 0xE9 at byte 8 of the line (byte " + bytes.length + " of the file)"), message);
        }
    }

    @Test
    void linesBeforeAMistakeAreHandedOut() throws IOException {
        Path path = Files.write(folder.resolve("f"), new byte[] {'a', '\r', '\n', '\n', 'b', '\n', (byte) 0xff, '\n'});
        List<String> lines = new ArrayList<>();
        assertThrows(CorpusException.class, () -> Lines.readAll(path, line -> lines.add(line.number() + line.text())));
        assertEquals(List.of("1a", "2", "3b"), lines);
    }

    @Test
    void aCutOrDamagedGzipFileIsAnError() throws IOException {
        byte[] whole = zip("some words that are long enough".repeat(50).getBytes(StandardCharsets.UTF_8));
        for (int n = 2; n < whole.length; n++) {
            byte[] cut = Arrays.copyOf(whole, n);
            assertTrue(assertThrows(CorpusException.class, () -> read(cut)).getMessage().contains("damaged or cut off"));
        }
    }

    @Test
    void whatIsNotAFileIsAnError() {
        assertTrue(assertThrows(CorpusException.class, () -> Utf8File.open(folder)).getMessage().contains("is a folder"));
        assertTrue(assertThrows(CorpusException.class, () -> Utf8File.open(folder.resolve("none"))).getMessage().contains("does not exist"));
        assertTrue(assertThrows(CorpusException.class, () -> read("x".getBytes(StandardCharsets.UTF_16))).getMessage().contains("UTF-16"));
    }
}
