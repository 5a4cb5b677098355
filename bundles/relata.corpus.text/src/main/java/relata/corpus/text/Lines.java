package relata.corpus.text;

import java.io.IOException;
import java.nio.file.Path;
import relata.api.corpus.CorpusException;

/** Reads files line by line, strictly as UTF-8. A byte order mark, Windows line ends and blank lines are tolerated; gzipped files are unpacked. */
public final class Lines {
    /** A line of more characters than this is no example but a mistake, such as a file in another format. */
    public static final int LONGEST = 16 << 20;

    /** Takes one line after the other. */
    @FunctionalInterface
    public interface Taker {
        /** Takes one. */
        void take(Line line) throws IOException;
    }

    private Lines() {}

    /**
     * Hands out the lines that are not blank.
     *
     * @return the SHA-256 of the file
     * @throws CorpusException if a line is too long or not UTF-8, or there is none
     */
    public static String read(Path file, Taker taker) throws IOException {
        boolean[] any = new boolean[1];
        String hash = readAll(file, line -> {
            if (line.text().isBlank()) return;
            any[0] = true;
            taker.take(line);
        });
        if (!any[0]) throw new CorpusException(file.toString(), "is empty, but at least one line with an example was expected");
        return hash;
    }

    /** Hands out all lines, the blank ones too. @return the SHA-256 of the file @throws CorpusException if a line is too long or not UTF-8 */
    public static String readAll(Path file, Taker taker) throws IOException {
        try (Utf8File in = Utf8File.open(file)) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[1 << 14];
            long number = 1;
            for (int n; (n = in.read(buffer)) > 0;) {
                int from = 0;
                for (int i = 0; i < n; i++) {
                    if (buffer[i] != '\n') continue;
                    add(file, number, text, buffer, from, i);
                    taker.take(new Line(file, number++, take(text)));
                    from = i + 1;
                }
                add(file, number, text, buffer, from, n);
            }
            if (!text.isEmpty()) taker.take(new Line(file, number, take(text)));
            return in.hash();
        }
    }

    private static void add(Path file, long number, StringBuilder text, char[] buffer, int from, int to) throws CorpusException {
        if (text.length() + to - from > LONGEST)
            throw new CorpusException(file, number, "is longer than " + (LONGEST >> 20) + " MB, but one example a line was expected; a JSON array must be cut into lines first");
        text.append(buffer, from, to - from);
    }

    /** The line as it stands, without the carriage return of a Windows line end. */
    private static String take(StringBuilder text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\r') end--;
        String line = text.substring(0, end);
        text.setLength(0);
        return line;
    }
}
