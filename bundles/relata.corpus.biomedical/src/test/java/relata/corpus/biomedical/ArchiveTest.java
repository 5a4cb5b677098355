package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zip file that was made to do harm, or was damaged, is an error. */
final class ArchiveTest {
    @TempDir
    Path folder;

    private interface Content {
        void write(ZipOutputStream zip) throws IOException;
    }

    private Path zip(Content content) throws IOException {
        Path file = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            content.write(zip);
        }
        return file;
    }

    private static String text(Path file, String name) throws IOException {
        try (Inputs inputs = Inputs.open(file)) {
            return inputs.text(name);
        }
    }

    private static void assertError(Path file, String name, String... words) {
        String message = assertThrows(IOException.class, () -> text(file, name)).getMessage();
        for (String w : words) assertTrue(message.contains(w), message);
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }

    @Test
    void namesThatLeadOutAreRefused() throws IOException {
        for (String name : new String[] {"../a.xml", "a/../../b.xml", "/etc/a.xml", "C:\\a.xml", "a\\..\\b.xml", ".."})
            assertError(zip(zip -> add(zip, name, new byte[] {'x'})), "a.xml", "a.zip", "leads out");
        assertEquals("x", text(zip(zip -> add(zip, "a/b..c/d.xml", new byte[] {'x'})), "a/b..c/d.xml"));
    }

    @Test
    void whatUnpacksToFarMoreThanItsSizeIsRefused() throws IOException {
        byte[] zeros = new byte[8 << 20];
        Arrays.fill(zeros, (byte) 'a');
        assertError(zip(zip -> add(zip, "bomb.xml", zeros)), "bomb.xml", "a.zip!", "bomb.xml", "200 times");
        byte[] small = Arrays.copyOf(zeros, 1 << 19);
        assertEquals(small.length, text(zip(zip -> add(zip, "small.xml", small)), "small.xml").length());
    }

    @Test
    void moreEntriesThanAnyCorpusHasAreRefused() throws IOException {
        Path file = zip(zip -> {
            zip.setLevel(0);
            for (int i = 0; i <= Archive.MOST_ENTRIES; i++) zip.putNextEntry(new ZipEntry(Integer.toString(i)));
        });
        assertError(file, "1", "a.zip", (Archive.MOST_ENTRIES + 1) + " entries");
    }

    @Test
    void damagedArchivesAreErrors() throws IOException {
        Random random = new Random(3);
        byte[] text = new byte[5000];
        for (int i = 0; i < text.length; i++) text[i] = (byte) ('a' + random.nextInt(20));
        byte[] good = Files.readAllBytes(zip(zip -> add(zip, "a.xml", text)));
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = good.clone();
            if (i % 2 == 0) damaged = Arrays.copyOf(damaged, 4 + random.nextInt(damaged.length - 4));
            else for (int n = 0; n < 3; n++) damaged[4 + random.nextInt(damaged.length - 4)] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("b.zip"), damaged);
            try {
                assertEquals(new String(text, StandardCharsets.UTF_8), text(file, "a.xml"));
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("b.zip")) throw new AssertionError(e);
            }
        }
    }

    @Test
    void mistakesNameArchiveAndEntry() throws IOException {
        assertError(zip(zip -> add(zip, "x/a.xml", new byte[] {'x', '\n', (byte) 0xff})), "x/a.xml", "a.zip!", "x/a.xml line 2", "not UTF-8");
    }
}
