package relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import relata.api.run.Health;

/** The memory of the machine: tensors live outside Java's heap. */
final class Memory {
    private static final Path LINUX = Path.of("/proc/meminfo");

    private Memory() {}

    static Health.Check check(long needed) {
        long available = available();
        if (available < 0) return Health.Check.of("memory", "unknown on this system", List.of());
        List<String> problems = available >= needed ? List.of() : List.of("training the small encoder needs about " + text(needed));
        return Health.Check.of("memory", text(available) + " available", problems);
    }

    /** What a new process may use, in bytes; -1 if the system does not say. */
    private static long available() {
        try {
            for (String line : Files.readAllLines(LINUX))
                if (line.startsWith("MemAvailable:")) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** For people. */
    static String text(long bytes) {
        return bytes < 1L << 30 ? (bytes >> 20) + " MiB" : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
