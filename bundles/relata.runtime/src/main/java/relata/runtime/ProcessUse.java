package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a process takes of the machine. */
final class ProcessUse {
    private static final Path LINUX = Path.of("/proc/self/status");
    private static final long KIB = 1024;

    private ProcessUse() {}

    /** Main memory that this process has now, tensors too, in bytes; 0 where the system does not say. */
    static long memory() {
        return memory("VmRSS:");
    }

    /** The most that it ever had, in bytes; 0 where the system does not say. */
    static long mostMemory() {
        return memory("VmHWM:");
    }

    private static long memory(String what) {
        try {
            for (String line : Files.readAllLines(LINUX))
                if (line.startsWith(what)) return KIB * Long.parseLong(line.substring(what.length()).replaceAll("\\D", ""));
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    /** For a line of metrics: {@code seconds} since a moment, and {@code memory} in bytes where it is known. @param since as {@link System#nanoTime} gives it */
    static Map<String, Object> since(long since) {
        Map<String, Object> use = new LinkedHashMap<>();
        use.put("seconds", Math.round((System.nanoTime() - since) / 1e6) / 1e3);
        long memory = memory();
        if (memory > 0) use.put("memory", memory);
        return use;
    }
}
