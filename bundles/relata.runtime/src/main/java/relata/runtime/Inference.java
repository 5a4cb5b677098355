package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Step;
import relata.api.view.View;

/** Runs views through an encoder without gradients, in batches of similar length, and gives the rows back in the views' order. */
final class Inference {
    private static final int BATCH = 32;

    private Inference() {}

    /** Told after each batch. */
    interface Each {
        void done() throws InterruptedException;
    }

    /** Rows of numbers, one for each pair of each view. @param head makes (R, anything) of an encoding */
    static List<float[]> rows(Engine engine, NDManager parent, Encoder encoder, List<View> views, BiFunction<Encoding, Step, NDArray> head, Each each)
            throws InterruptedException {
        int[] lengths = views.stream().mapToInt(encoder::length).toArray();
        List<Integer> order = IntStream.range(0, views.size()).boxed().sorted(Comparator.comparingInt((Integer i) -> lengths[i]).thenComparing(i -> i)).toList();
        List<List<float[]>> found = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) found.add(new ArrayList<>());
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> chosen = order.subList(from, Math.min(from + BATCH, order.size()));
            Collated batch = encoder.collate(chosen.stream().map(views::get).toList());
            float[][] rows;
            try (NDManager manager = parent.newSubManager()) {
                Step step = new Step(engine, manager, false);
                rows = matrix(head.apply(encoder.encode(batch, step), step));
            }
            int row = 0;
            for (int i : chosen) for (int pair = 0; pair < views.get(i).pairs().size(); pair++) found.get(i).add(rows[row++]);
            each.done();
        }
        return found.stream().flatMap(List::stream).toList();
    }

    /** A matrix as plain arrays. */
    static float[][] matrix(NDArray array) {
        int rows = Math.toIntExact(array.getShape().get(0)), width = Math.toIntExact(array.getShape().get(1));
        float[] flat = array.toFloatArray();
        float[][] matrix = new float[rows][width];
        for (int r = 0; r < rows; r++) System.arraycopy(flat, r * width, matrix[r], 0, width);
        return matrix;
    }

    /** Number of batches that {@link #rows} makes. */
    static int batches(int views) {
        return (views + BATCH - 1) / BATCH;
    }
}
