package relata.parse.corenlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("new").resolve("x.parses");
    }

    private static ParseKey key(int i) {
        return new ParseKey(i, ~i, 3L * i, 7);
    }

    private static byte[] payload(int i) {
        byte[] payload = new byte[20 + i % 50];
        Arrays.fill(payload, (byte) i);
        return payload;
    }

    private static void assertHolds(ParseFile parses, int i) {
        assertArrayEquals(payload(i), parses.find(key(i)).orElseThrow(() -> new AssertionError("no record " + i)));
    }

    private ParseFile filled(int records) {
        ParseFile parses = new ParseFile(file);
        for (int i = 0; i < records; i++) parses.append(key(i), payload(i));
        return parses;
    }

    @Test
    void keepsWhatWasAppended() throws IOException {
        assertEquals(Optional.empty(), new ParseFile(file).find(key(0)));
        ParseFile parses = filled(100);
        for (ParseFile reader : List.of(parses, new ParseFile(file))) {
            for (int i = 0; i < 100; i++) assertHolds(reader, i);
            assertEquals(Optional.empty(), reader.find(key(100)));
        }
        long size = Files.size(file);
        new ParseFile(file).append(key(5), payload(5));
        assertEquals(size, Files.size(file), "a key is stored once");
    }

    @Test
    void readersSeeWhatOthersAppend() {
        ParseFile one = filled(1);
        ParseFile other = new ParseFile(file);
        assertHolds(other, 0);
        one.append(key(1), payload(1));
        assertHolds(other, 1);
        other.append(key(2), payload(2));
        one.append(key(3), payload(3));
        for (int i = 0; i < 4; i++) assertHolds(one, i);
        assertHolds(other, 3);
    }

    @Test
    void aHalfWrittenRecordIsIgnoredAndCut() throws IOException {
        filled(2);
        long whole = Files.size(file);
        filled(3);
        byte[] all = Files.readAllBytes(file);
        for (int size = (int) whole; size < all.length; size++) {
            Files.write(file, Arrays.copyOf(all, size));
            ParseFile parses = new ParseFile(file);
            assertHolds(parses, 1);
            assertEquals(Optional.empty(), parses.find(key(2)), "cut at " + size);
            parses.append(key(7), payload(7));
            for (ParseFile reader : List.of(parses, new ParseFile(file))) {
                for (int i : new int[] {0, 1, 7}) assertHolds(reader, i);
                assertEquals(Optional.empty(), reader.find(key(2)));
            }
        }
    }

    @Test
    void aDamagedRecordIsNeverGivenOut() throws IOException {
        filled(3);
        byte[] all = Files.readAllBytes(file);
        for (int at = 0; at < all.length; at++) {
            byte[] damaged = all.clone();
            damaged[at] ^= 0x41;
            Files.write(file, damaged);
            ParseFile parses = new ParseFile(file);
            int found = 0;
            for (int i = 0; i < 3; i++) {
                Optional<byte[]> payload = parses.find(key(i));
                if (payload.isPresent()) assertArrayEquals(payload(i), payload.get());
                found += payload.isPresent() ? 1 : 0;
            }
            assertTrue(found < 3, "damage at " + at + " was overlooked");
            parses.append(key(9), payload(9));
            assertHolds(new ParseFile(file), 9);
        }
    }

    @Test
    void aFileThatChangesUnderItDoesNoHarm() throws IOException {
        ParseFile parses = filled(10);
        byte[] all = Files.readAllBytes(file);
        Files.write(file, new byte[0]);
        assertEquals(Optional.empty(), parses.find(key(4)));
        parses.append(key(20), payload(20));
        assertHolds(parses, 20);
        // other records, longer than before, so that what it knows of the places is wrong
        Files.delete(file);
        ParseFile other = new ParseFile(file);
        for (int i = 30; i < 60; i++) other.append(key(i), payload(i));
        assertEquals(Optional.empty(), parses.find(key(20)));
        parses.append(key(21), payload(21));
        for (int i = 30; i < 60; i++) assertHolds(parses, i);
        assertHolds(other, 21);
        Files.delete(file);
        assertEquals(Optional.empty(), other.find(key(30)));
        assertFalse(all.length == 0);
    }

    @Test
    void anUnusableFileIsNoError() throws IOException {
        Files.createDirectories(file);
        ParseFile parses = new ParseFile(file);
        parses.append(key(1), payload(1));
        assertEquals(Optional.empty(), parses.find(key(1)));
        ParseFile below = new ParseFile(Files.writeString(folder.resolve("plain"), "").resolve("x.parses"));
        below.append(key(1), payload(1));
        assertEquals(Optional.empty(), below.find(key(1)));
    }

    @Test
    void anInterruptDoesNotSpoilIt() {
        ParseFile parses = filled(1);
        Thread.currentThread().interrupt();
        parses.find(key(0));
        parses.append(key(1), payload(1));
        assertTrue(Thread.interrupted(), "the interrupt is for others");
        parses.append(key(2), payload(2));
        assertHolds(parses, 0);
        assertHolds(parses, 2);
    }

    /** Appends in a process of its own: records {@code from} to {@code to}, over and over if {@code forever}. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] args) {
            ParseFile parses = new ParseFile(Path.of(args[0]));
            int from = Integer.parseInt(args[1]);
            int to = Integer.parseInt(args[2]);
            for (int i = from; i < to; i++) parses.append(key(i), payload(i));
        }
    }

    private Process append(int from, int to) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Appender.class.getName(), file.toString(), "" + from, "" + to).inheritIO().start();
    }

    @Test
    void severalProcessesAppendAtOnceAndOneIsKilled() throws Exception {
        Process killed = append(1_000_000, 2_000_000);
        List<Process> processes = new ArrayList<>();
        for (int p = 0; p < 3; p++) processes.add(append(1000 * p, 1000 * (p + 1)));
        ParseFile here = new ParseFile(file);
        for (int i = 5000; i < 5500; i++) here.append(key(i), payload(i));
        while (here.find(key(1_000_100)).isEmpty()) assertTrue(killed.isAlive(), "the writer ended early");
        killed.destroyForcibly();
        assertTrue(killed.waitFor(1, TimeUnit.MINUTES));
        for (Process p : processes) {
            assertTrue(p.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, p.exitValue());
        }
        ParseFile reader = new ParseFile(file);
        for (ParseFile parses : List.of(here, reader)) {
            for (int i = 0; i < 3000; i++) assertHolds(parses, i);
            for (int i = 5000; i < 5500; i++) assertHolds(parses, i);
        }
    }
}
