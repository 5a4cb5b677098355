package relata.platform.tests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** This process's memory, looked at again and again: whether it goes on growing. */
final class MemoryTrend {
    /** Of one look, in MiB. @param resident all that the system gave the process, natives too @param heap what is left after a collection @param classes the metaspace */
    record Look(double resident, double heap, double classes) {}

    private final List<Look> looks = new ArrayList<>();

    /** Takes a look, after a collection. */
    void look() throws IOException {
        System.gc();
        double classes = ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getName().equals("Metaspace")).mapToDouble((MemoryPoolMXBean p) -> mebi(p.getUsage().getUsed())).sum();
        add(new Look(mebi(resident()), mebi(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()), classes));
    }

    void add(Look look) {
        looks.add(look);
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) if (line.startsWith("VmRSS:")) return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        throw new IOException("/proc/self/status does not tell the resident memory");
    }

    private static double mebi(long bytes) {
        return bytes / (double) (1 << 20);
    }

    /**
     * How much is gained from one look to the next in the second half, in MiB: the median over all pairs of looks (Theil 1950, Sen 1968), so that one
     * jump, such as an arena of the allocator that is taken once, is not taken for a slope.
     */
    double slope(ToDoubleFunction<Look> of) {
        double[] y = looks.subList(looks.size() / 2, looks.size()).stream().mapToDouble(of).toArray();
        double[] slopes = new double[y.length * (y.length - 1) / 2];
        int n = 0;
        for (int i = 0; i < y.length; i++) for (int j = i + 1; j < y.length; j++) slopes[n++] = (y[j] - y[i]) / (j - i);
        Arrays.sort(slopes);
        return n == 0 ? 0 : (slopes[(n - 1) / 2] + slopes[n / 2]) / 2;
    }

    @Override
    public String toString() {
        return line("resident", Look::resident) + "; " + line("heap after a collection", Look::heap) + "; " + line("classes", Look::classes);
    }

    private String line(String what, ToDoubleFunction<Look> of) {
        double[] y = looks.stream().mapToDouble(of).toArray();
        return String.format(Locale.ROOT, "%s %.1f, %.1f, %.1f MiB (first, middle, last), second half %+.4f MiB a round", what, y[0], y[y.length / 2], y[y.length - 1], slope(of));
    }
}
