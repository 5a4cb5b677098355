package relata.sample.standard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Batches that are filled with pairs, each pair into the first batch that has room for its kind and none of its two examples. */
final class PairBatches {
    static final int POSITIVE = 0;
    static final int NEGATIVE = 1;

    private final int half;
    private final List<Batch> batches;
    /** For each kind: all batches before it are full. */
    private final int[] open = new int[2];

    private record Batch(List<List<int[]>> kinds, Set<Integer> examples) {}

    /** @param half positive pairs in a batch, and negative ones */
    PairBatches(int count, int half) {
        this.half = half;
        this.batches = IntStream.range(0, count).mapToObj(b -> new Batch(List.of(new ArrayList<>(), new ArrayList<>()), new HashSet<>())).toList();
    }

    /** Adds a pair of a kind if there is a place for it. */
    void add(int kind, int[] pair) {
        if (pair[0] == pair[1]) return;
        while (open[kind] < batches.size() && batches.get(open[kind]).kinds.get(kind).size() == half) open[kind]++;
        for (Batch batch : batches.subList(open[kind], batches.size()))
            if (batch.kinds.get(kind).size() < half && !batch.examples.contains(pair[0]) && !batch.examples.contains(pair[1])) {
                batch.kinds.get(kind).add(pair);
                batch.examples.add(pair[0]);
                batch.examples.add(pair[1]);
                return;
            }
    }

    /** The examples of each batch: positive and negative pairs in turn, the two examples of a pair side by side. */
    List<int[]> indexes() {
        List<int[]> indexes = new ArrayList<>();
        for (Batch batch : batches) {
            IntStream.Builder order = IntStream.builder();
            for (int k = 0; k < half; k++) for (List<int[]> kind : batch.kinds) if (k < kind.size()) order.add(kind.get(k)[0]).add(kind.get(k)[1]);
            indexes.add(order.build().toArray());
        }
        return indexes;
    }
}
