package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Objective;
import relata.api.view.View;
import relata.testkit.TestEngine;

/** Batches without an encoder: relation vectors given as numbers. */
final class Rows {
    private Rows() {}

    /** An example of one pair with these gold labels. */
    static Example example(String id, String... relations) {
        Passage passage = new Passage(id, List.of("a", "b"), List.of(), List.of(Entity.of("e1", "", 0, 1), Entity.of("e2", "", 1, 2)), List.of());
        return new Example(id, passage, List.of(new Pair(0, 1, List.of(relations))));
    }

    static Collated batch(Example... examples) {
        List<View> views = new ArrayList<>();
        for (Example example : examples) views.add(View.of(example));
        return new Collated(views, Collated.rows(views), 2, Map.of());
    }

    static Encoding encoding(NDArray vectors) {
        return new Encoding(vectors, Optional.empty());
    }

    static Objective.Setting setting(NDManager manager, int width, String... relations) {
        return new Objective.Setting(TestEngine.engine(), new Allocator(manager, new Random(1)), width, List.of(relations), Optional.empty());
    }

    /** Random numbers that are floats. */
    static double[][] random(int rows, int columns) {
        Random random = new Random(5);
        double[][] numbers = new double[rows][columns];
        for (double[] row : numbers) for (int k = 0; k < columns; k++) row[k] = (float) random.nextGaussian();
        return numbers;
    }

    static NDArray array(NDManager manager, double[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < flat.length; i++) flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        try (NDArray wrapped = manager.create(flat, new Shape(rows.length, rows[0].length))) {
            return wrapped.duplicate();
        }
    }

    /** A matrix as rows, a vector as one row. */
    static double[][] plain(NDArray array) {
        float[] flat = array.toFloatArray();
        int columns = (int) array.getShape().get(array.getShape().dimension() - 1);
        double[][] rows = new double[flat.length / columns][columns];
        for (int i = 0; i < flat.length; i++) rows[i / columns][i % columns] = flat[i];
        return rows;
    }

    static double[][] gradient(NDArray array) {
        try (NDArray gradient = array.getGradient()) {
            return plain(gradient);
        }
    }

    /** x Wᵀ + b. */
    static double[][] dense(double[][] x, double[][] weight, double[] bias) {
        double[][] y = new double[x.length][weight.length];
        for (int i = 0; i < x.length; i++)
            for (int o = 0; o < weight.length; o++) {
                y[i][o] = bias[o];
                for (int k = 0; k < x[i].length; k++) y[i][o] += x[i][k] * weight[o][k];
            }
        return y;
    }

    static double[][] relu(double[][] x) {
        return Arrays.stream(x).map(row -> Arrays.stream(row).map(v -> Math.max(0, v)).toArray()).toArray(double[][]::new);
    }

    /** Central differences of a function of numbers that are changed in place. */
    static double[][] slopes(double[][] numbers, DoubleSupplier function) {
        double h = 1e-5;
        double[][] slopes = new double[numbers.length][numbers[0].length];
        for (int i = 0; i < numbers.length; i++)
            for (int k = 0; k < numbers[i].length; k++) {
                double before = numbers[i][k];
                numbers[i][k] = before + h;
                double more = function.getAsDouble();
                numbers[i][k] = before - h;
                double less = function.getAsDouble();
                numbers[i][k] = before;
                slopes[i][k] = (more - less) / (2 * h);
            }
        return slopes;
    }
}
