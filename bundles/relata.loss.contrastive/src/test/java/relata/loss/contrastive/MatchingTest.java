package relata.loss.contrastive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Contrast;
import relata.api.learn.Loss;
import relata.api.learn.Miner;
import relata.api.learn.Similarity;
import relata.testkit.MinerContract;
import relata.testkit.PlainContrast;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class MatchingTest extends MinerContract<Matching.Config> {
    @Override
    public ComponentProvider<Miner, Matching.Config> provider() {
        return new Matching();
    }

    private interface Check {
        void of(Contrast before, Contrast after);
    }

    private static void mined(Map<String, ?> with, PlainContrast contrast, Check check) throws Exception {
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                Contrast before = contrast.on(manager);
                check.of(before, TestParts.of().create(new Matching(), with).mine(before));
                return manager;
            }
        });
    }

    /** Rows of relations a a b b a a a c: three sampled pairs, of which two share a relation, a third of that relation alone, and one of its own. */
    private static PlainContrast rows() {
        return PlainContrast.ofGroups(new Random(1), 5, 2, 1).permuted(0, 1, 5, 6, 2, 3, 4, 7);
    }

    private static void assertRows(String expected, float[] weights) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < weights.length; i++) found.append(i % 8 == 0 && i > 0 ? " " : "").append(weights[i] == 0 ? "." : weights[i] == 1 ? "1" : "?");
        assertEquals(expected, found.toString());
    }

    @Test
    void matchesTheRowsThatASamplerPutSideBySide() throws Exception {
        mined(Map.of(), rows(), (before, after) -> {
            assertRows(".1...... 1....... ...1.... ..1..... .....1.. ....1... ........ ........", after.positive().toFloatArray());
            // pairs that share a relation are not compared
            assertArrayEquals(before.negative().toFloatArray(), after.negative().toFloatArray());
            assertSame(before.similarity(), after.similarity());
            assertSame(before.anchors(), after.anchors());
        });
    }

    @Test
    void sentencesDrawnFromAllOthersRepelWhateverTheirRelation() throws Exception {
        mined(Map.of("unmatched", "negative"), rows(), (before, after) -> {
            assertRows(".1...... 1....... ...1.... ..1..... .....1.. ....1... ........ ........", after.positive().toFloatArray());
            assertRows("..111111 ..111111 11..1111 11..1111 1111..11 1111..11 111111.1 1111111.", after.negative().toFloatArray());
        });
    }

    @Test
    void negativesAreTheNextOnesBehindTheAnchor() throws Exception {
        mined(Map.of("unmatched", "negative", "negatives", 2), rows(),
                (before, after) -> assertRows("..11.... ..11.... ....11.. ....11.. ......11 ......11 1......1 11......", after.negative().toFloatArray()));
        mined(Map.of("negatives", 2), rows(), (before, after) -> assertRows("..11.... ..11.... ....11.. ....11.. ..1....1 ..1....1 ..1....1 11......", after.negative().toFloatArray()));
    }

    @Test
    void weightsAreKept() throws Exception {
        mined(Map.of("unmatched", "negative"), rows().attracting(w -> 0.25 * w).repelling(w -> 0.5 * w), (before, after) -> {
            float[] positive = after.positive().toFloatArray(), negative = after.negative().toFloatArray();
            assertArrayEquals(new float[] {0, 0.25f, 0, 0}, new float[] {positive[0], positive[1], positive[2], positive[4]});
            assertArrayEquals(new float[] {0, 0, 0.5f, 0.25f}, new float[] {negative[0], negative[1], negative[2], negative[4]});
        });
    }

    @Test
    void candidatesMustBeTheRows() throws Exception {
        PlainContrast memory = PlainContrast.weighted(new Random(1), 3, 5);
        assertThrows(IllegalArgumentException.class, () -> mined(Map.of(), memory, (before, after) -> assertEquals(new Shape(3, 5), after.similarity().getShape())));
    }

    /** Peng et al. 2020, eq. 2, over vectors of sampled pairs (2k, 2k + 1): the inner product with the other of the pair among itself and N others that follow. */
    private static double equationTwo(double[][] x, int n) {
        double total = 0;
        for (int a = 0; a < x.length; a++) {
            int b = a % 2 == 0 ? a + 1 : a - 1;
            double attraction = Math.exp(dot(x[a], x[b])), sum = attraction;
            int left = n;
            for (int step = 1; step < x.length && left > 0; step++) {
                int other = (a + step) % x.length;
                if (other == b) continue;
                sum += Math.exp(dot(x[a], x[other]));
                left--;
            }
            total -= Math.log(attraction / sum);
        }
        return total / x.length;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += a[k] * b[k];
        return sum;
    }

    @Test
    void withNtXentAndTheInnerProductIsTheLossOfPeng() throws Exception {
        Random random = new Random(4);
        double[][] x = new double[8][5];
        for (double[] row : x) for (int k = 0; k < row.length; k++) row[k] = (float) random.nextGaussian();
        Loss loss = TestParts.of().create(new NtXent(), Map.of("temperature", 1));
        Similarity dot = TestParts.of().create(new Dot(), Map.of());
        for (int n : new int[] {2, 4, 6})
            TestEngine.engine().call(() -> {
                try (NDManager manager = TestEngine.engine().newManager()) {
                    float[] flat = new float[40];
                    for (int i = 0; i < flat.length; i++) flat[i] = (float) x[i / 5][i % 5];
                    NDArray vectors = manager.create(flat, new Shape(8, 5));
                    // the second and the fourth pair are of one relation
                    Contrast all = PlainContrast.ofGroups(new Random(1), 2, 4, 2).permuted(0, 1, 2, 3, 6, 7, 4, 5).on(manager);
                    Contrast mined = TestParts.of().create(new Matching(), Map.of("negatives", n, "unmatched", "negative"))
                            .mine(new Contrast(dot.between(vectors, vectors), all.positive(), all.negative(), all.anchors()));
                    assertEquals(equationTwo(x, n), loss.of(mined).getFloat(), 1e-5);
                    return mined;
                }
            });
    }
}
