package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Allocator;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;
import relata.testkit.ProjectionHeadContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class MlpHeadTest extends ProjectionHeadContract<MlpHead.Config> {
    @Override
    public ComponentProvider<ProjectionHead, MlpHead.Config> provider() {
        return new MlpHead();
    }

    private static void check(Map<String, ?> with, Check check) throws Exception {
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager(); NDManager step = manager.newSubManager()) {
                ProjectionHead.Projection head = TestParts.of().create(new MlpHead(), with).open(4, new Allocator(manager, new Random(2)));
                int before = manager.getManagedArrays().size();
                double[][] out = Rows.plain(head.project(Rows.array(step, Rows.random(3, 4)), new Step(TestEngine.engine(), step, true)));
                step.close();
                assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step");
                check.of(head, out);
                return out;
            }
        });
    }

    private interface Check {
        void of(ProjectionHead.Projection head, double[][] out);
    }

    private static double[][] parameter(ProjectionHead.Projection head, String name) {
        return Rows.plain(head.parameters().get(name));
    }

    private static void close(double[][] expected, double[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i], 1e-5, "row " + i);
    }

    @Test
    void isTwoLayersWithAReluBetween() throws Exception {
        check(Map.of("hidden", 7, "out", 2), (head, out) -> {
            // biases begin at 0: shown here, then the formula is that without them
            assertArrayEquals(new double[7], parameter(head, "projection.0.bias")[0]);
            assertArrayEquals(new double[2], parameter(head, "projection.2.bias")[0]);
            close(Rows.dense(Rows.relu(Rows.dense(Rows.random(3, 4), parameter(head, "projection.0.weight"), new double[7])),
                    parameter(head, "projection.2.weight"), new double[2]), out);
        });
    }

    @Test
    void widthsAndBiasesAsSet() throws Exception {
        check(Map.of(), (head, out) -> {
            assertEquals(List.of("projection.0.weight", "projection.0.bias", "projection.2.weight", "projection.2.bias"), List.copyOf(head.parameters().all().keySet()));
            assertEquals(new Shape(4, 4), head.parameters().get("projection.2.weight").getShape());
        });
        check(Map.of("hidden", 6), (head, out) -> {
            assertEquals(new Shape(6, 4), head.parameters().get("projection.0.weight").getShape());
            assertEquals(new Shape(6, 6), head.parameters().get("projection.2.weight").getShape());
        });
        check(Map.of("bias", false, "out", 3), (head, out) -> {
            assertEquals(List.of("projection.0.weight", "projection.2.weight"), List.copyOf(head.parameters().all().keySet()));
            assertEquals(3, out[0].length);
        });
    }

    @Test
    void weightsStartWithinGlorotsBound() throws Exception {
        check(Map.of("hidden", 100), (head, out) -> {
            double bound = Math.sqrt(6.0 / 104);
            double largest = 0;
            for (double[] row : parameter(head, "projection.0.weight")) for (double x : row) largest = Math.max(largest, Math.abs(x));
            assertTrue(largest <= bound && largest > 0.9 * bound, "the largest of 400 weights is " + largest + ", the bound " + bound);
        });
    }
}
