package relata.sample.standard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cuts indexes into batches. */
final class Batches {
    private Batches() {}

    /**
     * Consecutive batches. What is left over is a smaller batch at the end, or is dropped; a single one that is left over joins the batch before
     * it, since an instance alone has nothing to be told from. There is always a batch, if there is an index.
     */
    static List<int[]> cut(int[] order, int size, boolean dropLast) {
        List<int[]> batches = new ArrayList<>();
        int count = count(order.length, size, dropLast);
        for (int b = 0; b < count; b++) batches.add(Arrays.copyOfRange(order, b * size, b < count - 1 || dropLast ? Math.min(order.length, (b + 1) * size) : order.length));
        return batches;
    }

    /** The number of batches that {@link #cut} makes of {@code n} indexes. */
    static int count(int n, int size, boolean dropLast) {
        int full = n / size;
        int rest = n % size;
        boolean whole = rest == 0 || full > 0 && (dropLast || rest == 1);
        return whole ? full : full + 1;
    }

    /** The numbers from 0 to {@code n - 1} in random order (Fisher and Yates). */
    static int[] shuffled(int n, RandomGenerator random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) order[i] = i;
        shuffle(order, random);
        return order;
    }

    static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }
}
