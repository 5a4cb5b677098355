package relata.weights;

import java.util.List;

/** Sizes that come from files, so may be anything. */
final class Sizes {
    private Sizes() {}

    /** The number of values of a shape, or -1 if a size is negative or the product is beyond a {@code long}. */
    static long product(List<Long> shape) {
        if (shape.contains(0L)) return shape.stream().anyMatch(d -> d < 0) ? -1 : 0;
        long product = 1;
        for (long d : shape) {
            if (d < 0 || d > Long.MAX_VALUE / product) return -1;
            product *= d;
        }
        return product;
    }
}
