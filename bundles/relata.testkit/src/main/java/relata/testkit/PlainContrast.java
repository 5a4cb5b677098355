package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import relata.api.learn.Contrast;

/**
 * A {@link Contrast} in plain arrays, for references by loops. The numbers are floats held as doubles, so that a loss and its reference see the same.
 *
 * @param similarity (A, C)
 * @param positive (A, C)
 * @param negative (A, C)
 * @param anchors (A)
 */
public record PlainContrast(double[][] similarity, double[][] positive, double[][] negative, double[] anchors) {
    /** Rounds to floats. */
    public PlainContrast {
        similarity = map(similarity, x -> x);
        positive = map(positive, x -> x);
        negative = map(negative, x -> x);
        anchors = Arrays.stream(anchors).map(x -> (float) x).toArray();
    }

    /**
     * Cosines of random vectors in groups: rows of one group attract each other, all others repel, a row and itself are ignored.
     *
     * @param sizes number of rows of each group; a group of 1 is a row without a positive
     */
    public static PlainContrast ofGroups(RandomGenerator random, int... sizes) {
        int rows = Arrays.stream(sizes).sum();
        int[] group = new int[rows];
        for (int g = 0, i = 0; g < sizes.length; g++) for (int k = 0; k < sizes[g]; k++) group[i++] = g;
        return new PlainContrast(cosines(random, rows, rows), table(rows, rows, (i, j) -> i != j && group[i] == group[j] ? 1 : 0),
                table(rows, rows, (i, j) -> group[i] != group[j] ? 1 : 0), ones(rows));
    }

    /** Cosines of random vectors with random weights, some of them 0, as pairs with a memory or with prototypes have them. */
    public static PlainContrast weighted(RandomGenerator random, int rows, int columns) {
        double[][] positive = table(rows, columns, (i, j) -> random.nextDouble() < 0.3 ? 2 * random.nextDouble() : 0);
        double[][] negative = table(rows, columns, (i, j) -> positive[i][j] == 0 && random.nextDouble() < 0.8 ? 2 * random.nextDouble() : 0);
        double[] anchors = new double[rows];
        for (int i = 0; i < rows; i++) anchors[i] = random.nextDouble() < 0.2 ? 0 : 2 * random.nextDouble();
        return new PlainContrast(cosines(random, rows, columns), positive, negative, anchors);
    }

    /** Number of anchors, A. */
    public int rows() {
        return anchors.length;
    }

    /** Number of candidates, C. */
    public int columns() {
        return similarity[0].length;
    }

    /** With other similarities. */
    public PlainContrast similar(DoubleUnaryOperator change) {
        return new PlainContrast(map(similarity, change), positive, negative, anchors);
    }

    /** With one more similarity added where a weight is not 0. */
    public PlainContrast nearer(double[][] where, double by) {
        return new PlainContrast(table(rows(), columns(), (i, j) -> similarity[i][j] + (where[i][j] > 0 ? by : 0)), positive, negative, anchors);
    }

    /** With one similarity changed. */
    PlainContrast moved(int row, int column, double by) {
        double[][] where = new double[rows()][columns()];
        where[row][column] = 1;
        return nearer(where, by);
    }

    /** With other weights of attraction. */
    public PlainContrast attracting(DoubleUnaryOperator change) {
        return new PlainContrast(similarity, map(positive, change), negative, anchors);
    }

    /** With other weights of repulsion. */
    public PlainContrast repelling(DoubleUnaryOperator change) {
        return new PlainContrast(similarity, positive, map(negative, change), anchors);
    }

    /** With other weights of anchors. */
    public PlainContrast anchored(double... weights) {
        return new PlainContrast(similarity, positive, negative, weights);
    }

    /** With rows and columns in another order: row {@code i} is what was row {@code order[i]}. The matrix must be square. */
    public PlainContrast permuted(int... order) {
        return new PlainContrast(permuted(similarity, order), permuted(positive, order), permuted(negative, order),
                Arrays.stream(order).mapToDouble(i -> anchors[i]).toArray());
    }

    /** The same as arrays of a manager. */
    public Contrast on(NDManager manager) {
        Shape shape = new Shape(rows(), columns());
        return new Contrast(manager.create(flat(similarity), shape), manager.create(flat(positive), shape), manager.create(flat(negative), shape),
                manager.create(floats(anchors), new Shape(rows())));
    }

    /** True if some anchor that counts has both a positive and a negative. */
    boolean contrasts() {
        return IntStream.range(0, rows()).anyMatch(i -> anchors[i] > 0 && Arrays.stream(positive[i]).anyMatch(w -> w > 0) && Arrays.stream(negative[i]).anyMatch(w -> w > 0));
    }

    /** With half of the instances, or one instance, row or column less; at least one is left. Then the same with plainer numbers. */
    List<PlainContrast> smaller() {
        List<PlainContrast> smaller = new ArrayList<>();
        List<Integer> rows = IntStream.range(0, rows()).boxed().toList(), columns = IntStream.range(0, columns()).boxed().toList();
        if (rows.size() == columns.size()) {
            for (List<Integer> some : Smallest.parts(rows, 1)) smaller.add(of(some, some));
        } else {
            for (List<Integer> some : Smallest.parts(rows, 1)) smaller.add(of(some, columns));
            for (List<Integer> some : Smallest.parts(columns, 1)) smaller.add(of(rows, some));
        }
        PlainContrast plain = similar(s -> Math.rint(s * 2) / 2).attracting(Math::signum).repelling(Math::signum);
        if (!plain.words().equals(words())) smaller.add(plain);
        return smaller;
    }

    private PlainContrast of(List<Integer> rows, List<Integer> columns) {
        return new PlainContrast(chosen(similarity, rows, columns), chosen(positive, rows, columns), chosen(negative, rows, columns), rows.stream().mapToDouble(i -> anchors[i]).toArray());
    }

    private static double[][] chosen(double[][] matrix, List<Integer> rows, List<Integer> columns) {
        return table(rows.size(), columns.size(), (i, j) -> matrix[rows.get(i)][columns.get(j)]);
    }

    /** All its numbers, row by row. */
    String words() {
        return rows() + " anchors, " + columns() + " candidates\n    similarity " + Arrays.deepToString(similarity) + "\n    positive " + Arrays.deepToString(positive)
                + "\n    negative " + Arrays.deepToString(negative) + "\n    anchors " + Arrays.toString(anchors);
    }

    /** Row by row. */
    static float[] flat(double[][] rows) {
        return floats(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) floats[i] = (float) numbers[i];
        return floats;
    }

    private static double[][] cosines(RandomGenerator random, int rows, int columns) {
        double[][] a = unit(random, rows);
        double[][] c = rows == columns ? a : unit(random, columns);
        return table(rows, columns, (i, j) -> {
            double sum = 0;
            for (int k = 0; k < a[i].length; k++) sum += a[i][k] * c[j][k];
            return sum;
        });
    }

    private static double[][] unit(RandomGenerator random, int rows) {
        double[][] vectors = new double[rows][8];
        for (double[] v : vectors) {
            double sum = 0;
            for (int k = 0; k < v.length; k++) {
                v[k] = random.nextGaussian();
                sum += v[k] * v[k];
            }
            for (int k = 0; k < v.length; k++) v[k] /= Math.sqrt(sum);
        }
        return vectors;
    }

    private static double[][] permuted(double[][] matrix, int[] order) {
        return table(order.length, order.length, (i, j) -> matrix[order[i]][order[j]]);
    }

    private static double[][] map(double[][] matrix, DoubleUnaryOperator change) {
        return table(matrix.length, matrix[0].length, (i, j) -> (float) change.applyAsDouble(matrix[i][j]));
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[][] table(int rows, int columns, Cell cell) {
        double[][] table = new double[rows][columns];
        for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) table[i][j] = cell.at(i, j);
        return table;
    }

    private interface Cell {
        double at(int row, int column);
    }
}
