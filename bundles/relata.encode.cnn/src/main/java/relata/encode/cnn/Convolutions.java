package relata.encode.cnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Embedding;
import java.util.ArrayList;
import java.util.List;
import relata.api.learn.Collated;
import relata.api.learn.Parameters;
import relata.api.learn.Step;

/**
 * The network: a vector x_i of each word, of its own vector and those of its distances to head and tail; at each word and for each filter
 * c_i = W · (x_i-a, ..., x_i+z) + b, words beyond the text being 0; of each filter and piece tanh(max_i c_i), which is 0 for a piece
 * without words. The window of width w begins a = ⌊(w-1)/2⌋ words before the one it stands for.
 *
 * <p>Letters beside those of the API: E numbers of a word, F filters of a width, S words and the padding that the widest window reaches.
 */
final class Convolutions {
    static final String WORDS = "embeddings.words.weight";
    static final String HEAD = "embeddings.head_distances.weight";
    static final String TAIL = "embeddings.tail_distances.weight";

    /** Added to what lies outside of a piece, so that it is no maximum. */
    private static final float NEVER = -1e9f;

    private final Architecture architecture;
    private final Parameters parameters;

    Convolutions(Architecture architecture, Parameters parameters) {
        this.architecture = architecture;
        this.parameters = parameters;
    }

    /** Name of the filters of one width, without the {@code .weight} or {@code .bias} at its end. */
    static String filters(int width) {
        return "convolutions." + width;
    }

    /** Relation vectors (R, D): by width, in it by piece, in it by filter. */
    NDArray relations(Collated batch, Step step) {
        NDManager m = step.manager();
        NDArray x = inputs(batch, m);
        List<Piece> pieces = new ArrayList<>();
        for (int p = 0; p < architecture.pieces(); p++) pieces.add(Piece.of(p, batch.field("piece"), architecture.pieces(), m));
        NDList vectors = new NDList();
        for (int width : architecture.widths()) vectors.addAll(maxima(x, width, batch.length(), pieces));
        return NDArrays.concat(vectors, 1);
    }

    /** (R, E, S), 0 at padding. */
    private NDArray inputs(Collated batch, NDManager m) {
        NDList parts = new NDList(rows(WORDS, batch.field("words"), m), rows(HEAD, batch.field("head"), m), rows(TAIL, batch.field("tail"), m));
        long[] shape = batch.field("words").shape();
        NDArray mask = m.create(floats(batch.field("mask").values()), new Shape(shape[0], shape[1], 1));
        return NDArrays.concat(parts, 2).mul(mask).transpose(0, 2, 1);
    }

    /** For each piece (R, F). */
    private NDList maxima(NDArray x, int width, int length, List<Piece> pieces) {
        String filters = filters(width);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray all = Conv1d.conv1d(x, parameters.get(filters + ".weight"), parameters.get(filters + ".bias")).singletonOrThrow();
            int first = architecture.before() - Architecture.before(width);
            NDArray c = all.get(new NDIndex(":, :, " + first + ":" + (first + length))); // (R, F, L)
            NDList maxima = new NDList();
            for (Piece piece : pieces) maxima.add(Activation.tanh(c.add(piece.others).max(new int[] {2})).mul(piece.there));
            maxima.forEach(NDScope::unregister);
            return maxima;
        }
    }

    private NDArray rows(String table, Collated.Field index, NDManager m) {
        return Embedding.embedding(m.create(index.values(), new Shape(index.shape())), parameters.get(table), SparseFormat.DENSE).singletonOrThrow();
    }

    private static float[] floats(long[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = values[i];
        return floats;
    }

    /**
     * A stretch of each row's words.
     *
     * @param others (R, 1, L), 0 in it, else far below any value
     * @param there (R, 1), 1 if it has words, else 0
     */
    private record Piece(NDArray others, NDArray there) {
        /** @param number of this piece @param pieces their count; the only one holds all words, whatever their number */
        static Piece of(int number, Collated.Field piece, int pieces, NDManager m) {
            int r = Math.toIntExact(piece.shape()[0]), l = Math.toIntExact(piece.shape()[1]);
            float[] others = new float[r * l], there = new float[r];
            for (int i = 0; i < others.length; i++) {
                boolean in = pieces == 1 ? piece.values()[i] >= 0 : piece.values()[i] == number;
                others[i] = in ? 0 : NEVER;
                if (in) there[i / l] = 1;
            }
            return new Piece(m.create(others, new Shape(r, 1, l)), m.create(there, new Shape(r, 1)));
        }
    }
}
