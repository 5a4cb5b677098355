package relata.classify.standard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Limited-memory BFGS with backtracking (Nocedal and Wright 2006, algorithms 7.4 and 3.1). */
final class Lbfgs {
    private static final int MEMORY = 10;

    private Lbfgs() {}

    /** Something smooth to minimise. */
    interface Objective {
        /** The value at x; the gradient is written over {@code gradient}. */
        double of(double[] x, double[] gradient);
    }

    private record Pair(double[] step, double[] change, double curvature) {}

    /** The best point after at most so many steps, or when no partial derivative is larger than {@code tolerance}. */
    static double[] minimise(Objective objective, double[] start, int steps, double tolerance) {
        double[] x = start.clone();
        double[] gradient = new double[x.length];
        double value = objective.of(x, gradient);
        Deque<Pair> memory = new ArrayDeque<>();
        for (int step = 0; step < steps && largest(gradient) > tolerance; step++) {
            double[] direction = direction(gradient, memory);
            double slope = dot(direction, gradient);
            // before curvature is known, the first step is of length 1 at most
            double length = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[x.length];
            double[] nextGradient = new double[x.length];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halved = 0; halved < 40; halved++, length /= 2) {
                for (int i = 0; i < x.length; i++) next[i] = x[i] + length * direction[i];
                nextValue = objective.of(next, nextGradient);
                if (nextValue <= value + 1e-4 * length * slope) break;
            }
            // no lower point along the direction: as low as these numbers can tell
            if (!(nextValue < value)) break;
            remember(memory, x, next, gradient, nextGradient);
            x = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return x;
    }

    private static void remember(Deque<Pair> memory, double[] x, double[] next, double[] gradient, double[] nextGradient) {
        double[] step = new double[x.length];
        double[] change = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            step[i] = next[i] - x[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        double curvature = dot(step, change);
        if (curvature <= 1e-12 * dot(change, change)) return;
        memory.addLast(new Pair(step, change, curvature));
        if (memory.size() > MEMORY) memory.removeFirst();
    }

    /** Minus the gradient times the approximate inverse Hessian: the two loops. */
    private static double[] direction(double[] gradient, Deque<Pair> memory) {
        double[] q = gradient.clone();
        double[] alphas = new double[memory.size()];
        int i = memory.size();
        for (Iterator<Pair> newest = memory.descendingIterator(); newest.hasNext(); ) {
            Pair pair = newest.next();
            alphas[--i] = dot(pair.step, q) / pair.curvature;
            add(q, -alphas[i], pair.change);
        }
        if (!memory.isEmpty()) {
            Pair last = memory.getLast();
            double scale = last.curvature / dot(last.change, last.change);
            for (int j = 0; j < q.length; j++) q[j] *= scale;
        }
        for (Pair pair : memory) add(q, alphas[i++] - dot(pair.change, q) / pair.curvature, pair.step);
        for (int j = 0; j < q.length; j++) q[j] = -q[j];
        return q;
    }

    private static void add(double[] to, double factor, double[] x) {
        for (int i = 0; i < to.length; i++) to[i] += factor * x[i];
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double largest(double[] x) {
        double largest = 0;
        for (double v : x) largest = Math.max(largest, Math.abs(v));
        return largest;
    }
}
