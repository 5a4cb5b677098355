package relata.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import relata.testkit.TestEngine;

class PoolingTest {
    private static final int B = 3, L = 4, H = 2;
    private static final Shape SHAPE = new Shape(B, L, H);
    private final float[] tokens = Gradients.normal(1, B * L * H);

    /** All (row, hidden) numbers of a result with that many rows. */
    private static double[] rows(int rows, ToDoubleBiFunction<Integer, Integer> number) {
        double[] y = new double[rows * H];
        for (int r = 0; r < rows; r++) for (int h = 0; h < H; h++) y[r * H + h] = number.applyAsDouble(r, h);
        return y;
    }

    @Test
    void clsIsTheFirstToken() throws Exception {
        Gradients.check(tokens, SHAPE, Pooling::cls, x -> rows(B, (b, h) -> x[b * L * H + h]));
    }

    @Test
    void meanLeavesPaddingOut() throws Exception {
        float[] weights = {1, 1, 1, 0,  0.5f, 2, 0, 0,  0, 0, 0, 0};
        Gradients.check(tokens, SHAPE, x -> Pooling.mean(x, x.getManager().create(weights, new Shape(B, L))), x -> rows(B, (b, h) -> {
            double sum = 0, total = 0;
            for (int i = 0; i < L; i++) {
                sum += weights[b * L + i] * x[(b * L + i) * H + h];
                total += weights[b * L + i];
            }
            return total == 0 ? 0 : sum / total;
        }));
    }

    @Test
    void statesMayRepeat() throws Exception {
        long[] positions = {7, 0, 7, 11, 4};
        Gradients.check(tokens, SHAPE, x -> Pooling.states(x, x.getManager().create(positions)),
                x -> rows(positions.length, (r, h) -> x[(int) positions[r] * H + h]));
    }

    @Test
    void spansOfSeveralMentions() throws Exception {
        // a span, two mentions of which one has weight 2, one token twice, nothing
        long[] positions = {1, 2, 3,  4, 6, 0,  9, 9, 9,  0, 0, 0};
        float[] weights = {1, 1, 1,  1, 2, 0,  1, 1, 0,  0, 0, 0};
        Gradients.check(tokens, SHAPE,
                x -> Pooling.spans(x, x.getManager().create(positions, new Shape(4, 3)), x.getManager().create(weights, new Shape(4, 3))),
                x -> rows(4, (r, h) -> {
                    double sum = 0, total = 0;
                    for (int s = 0; s < 3; s++) {
                        sum += weights[r * 3 + s] * x[(int) positions[r * 3 + s] * H + h];
                        total += weights[r * 3 + s];
                    }
                    return total == 0 ? 0 : sum / total;
                }));
    }

    @Test
    void oneViewOfOneToken() {
        try (NDManager manager = TestEngine.engine().newManager()) {
            float[] state = {3, 4};
            assertArrayEquals(state, Pooling.mean(manager.create(state, new Shape(1, 1, 2)), manager.ones(new Shape(1, 1))).toFloatArray());
            assertArrayEquals(state, Pooling.cls(manager.create(state, new Shape(1, 1, 2))).toFloatArray());
        }
    }
}
