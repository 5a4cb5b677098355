package relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import relata.api.corpus.Corpus;
import relata.api.result.Spread;

/**
 * How fast a corpus is read.
 *
 * @param corpus what was read
 * @param bytes of its files as they are on disk; 0 if it is not known where they are
 * @param seconds of each reading
 */
record ReadingSpeed(Corpus corpus, long bytes, List<Double> seconds) {
    private static final double SECOND = 1e9;
    private static final double MEGABYTE = 1e6;

    /** Reads several times. @param root the folder or file, if known: the corpus tells which files of it were read */
    static ReadingSpeed of(Callable<Corpus> reading, int times, @Nullable String root) throws Exception {
        List<Double> seconds = new ArrayList<>();
        Corpus corpus = null;
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            corpus = reading.call();
            seconds.add((System.nanoTime() - start) / SECOND);
        }
        if (corpus == null) throw new IllegalArgumentException("at least one reading was expected");
        return new ReadingSpeed(corpus, root == null ? 0 : bytes(corpus, Path.of(root)), seconds);
    }

    private static long bytes(Corpus corpus, Path root) throws IOException {
        if (Files.isRegularFile(root)) return Files.size(root);
        long bytes = 0;
        for (String name : corpus.inputs().keySet()) if (Files.isRegularFile(root.resolve(name))) bytes += Files.size(root.resolve(name));
        return bytes;
    }

    /** {@code read in 0.412 s (median of 5; 0.398 to 0.655): 10.2 MB, 24.8 MB/s, 27184 examples/s}. */
    String words() {
        Spread spread = Spread.of(seconds);
        int examples = corpus.splits().values().stream().mapToInt(List::size).sum();
        return String.format(Locale.ROOT, "read in %.3f s (median of %d; %.3f to %.3f): %s%.0f examples/s", spread.median(), seconds.size(), spread.min(), spread.max(),
                bytes == 0 ? "" : String.format(Locale.ROOT, "%.1f MB, %.1f MB/s, ", bytes / MEGABYTE, bytes / MEGABYTE / spread.median()), examples / spread.median());
    }
}
