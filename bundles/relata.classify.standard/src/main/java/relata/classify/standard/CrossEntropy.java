package relata.classify.standard;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean cross-entropy of softmax with an L2 penalty, and its gradient. Weights lie class by class, D weights and a bias each.
 *
 * @param rows (R, D)
 * @param classes the class of each row
 * @param count number of classes
 * @param l2 weight of half the squared weights
 */
record CrossEntropy(double[][] rows, int[] classes, int count, double l2) implements Lbfgs.Objective {
    /** Rows that are summed up on their own: fixed, so that the sum does not depend on the number of processors. */
    private static final int BLOCK = 256;

    @Override
    public double of(double[] weights, double[] gradient) {
        int blocks = (rows.length + BLOCK - 1) / BLOCK;
        double[][] gradients = new double[blocks][];
        double[] losses = new double[blocks];
        IntStream.range(0, blocks).parallel().forEach(b -> {
            gradients[b] = new double[weights.length];
            losses[b] = block(b * BLOCK, Math.min(rows.length, (b + 1) * BLOCK), weights, gradients[b]);
        });
        double loss = 0;
        Arrays.fill(gradient, 0);
        for (int b = 0; b < blocks; b++) {
            loss += losses[b] / rows.length;
            for (int i = 0; i < gradient.length; i++) gradient[i] += gradients[b][i] / rows.length;
        }
        int stride = weights.length / count;
        for (int i = 0; i < weights.length; i++) {
            if (i % stride == stride - 1) continue;
            loss += l2 / 2 * weights[i] * weights[i];
            gradient[i] += l2 * weights[i];
        }
        return loss;
    }

    private double block(int from, int to, double[] weights, double[] gradient) {
        int stride = weights.length / count;
        double loss = 0;
        for (int row = from; row < to; row++) {
            double[] x = rows[row];
            double[] p = probabilities(weights, x, count);
            loss -= Math.log(Math.max(p[classes[row]], Double.MIN_NORMAL));
            p[classes[row]] -= 1;
            for (int c = 0; c < count; c++) {
                for (int i = 0; i < x.length; i++) gradient[c * stride + i] += p[c] * x[i];
                gradient[c * stride + x.length] += p[c];
            }
        }
        return loss;
    }

    /** Softmax of the linear scores of a vector. */
    static double[] probabilities(double[] weights, double[] x, int count) {
        int stride = weights.length / count;
        double[] p = new double[count];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < count; c++) {
            double z = weights[c * stride + x.length];
            for (int i = 0; i < x.length; i++) z += weights[c * stride + i] * x[i];
            p[c] = z;
            most = Math.max(most, z);
        }
        double sum = 0;
        for (int c = 0; c < count; c++) sum += p[c] = Math.exp(p[c] - most);
        for (int c = 0; c < count; c++) p[c] /= sum;
        return p;
    }
}
