package relata.console.rest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was added to a text file.
 *
 * @param lines whole lines
 * @param end where the next look begins, in bytes
 */
record FileTail(List<String> lines, long end) {
    /** No more at a time, in bytes. */
    private static final int MOST = 1 << 20;

    FileTail {
        lines = List.copyOf(lines);
    }

    /**
     * Reads on.
     *
     * @param from where the last look ended; negative: the present end of the file; from the beginning if the file has become shorter
     */
    static FileTail of(Path file, long from) throws IOException {
        if (!Files.isRegularFile(file)) return new FileTail(List.of(), 0);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            if (from < 0) return new FileTail(List.of(), length);
            long start = from > length ? 0 : from;
            byte[] bytes = new byte[(int) Math.min(MOST, length - start)];
            in.seek(start);
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') end--;
            // a line that is longer comes in pieces: reading must get on
            if (end == 0 && bytes.length == MOST) end = MOST;
            return new FileTail(end == 0 ? List.of() : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList(), start + end);
        }
    }
}
